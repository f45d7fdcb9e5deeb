import { writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import type { Policy } from '../../core/policy/policy'
import { publishPolicy } from '../../hub/store/index'
import { readKeyFile } from '../keys/key-file'
import { describeProblem, readAuthored, type AuthoredPolicy } from '../policy/author'
import { explainPolicy } from '../policy/explain'
import { showPolicy } from '../policy/show'
import { signPolicy } from '../policy/sign'
import { ProvisionError } from '../problem'
import { readSecret } from '../secret-input'
import { compileCommand } from './compile'
import { days, readSigned, readText } from './files'
import { replayCommand } from './replay'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

interface SignFlags {
  readonly key: string
  readonly out: string
  readonly validDays: number
  readonly passphraseFile?: string
}

/** `policy`: what a desk must be, from YAML to every desk. */
export function policyCommand(): Command {
  return new Command('policy')
    .description('Policies: checked, signed, published.')
    .addCommand(
      new Command('lint')
        .description('Check a policy file. Names every field that is wrong, with its line.')
        .argument('<file>')
        .action(async (file: string) => {
          const policy = await read(file, 365)
          say(`${file} is a good policy: version ${policy.version} for ${policy.organisation}.`)
        })
    )
    .addCommand(
      new Command('show')
        .description(
          'Show a policy file as a desk has it: defaults filled in, a team’s words over the others.'
        )
        .argument('<file>')
        .option('--team <name>', 'the desks of this team')
        .option('--for <who>', 'a team’s name or a person’s id: each value says where it comes from')
        .action(async (file: string, flags: { readonly team?: string; readonly for?: string }) => {
          const authored = await readWritten(file, 365)
          const { team, for: who } = flags
          say(
            (who === undefined
              ? showPolicy(authored.policy, team)
              : explainPolicy(authored, { who, team })
            ).trimEnd()
          )
        })
    )
    .addCommand(
      new Command('sign')
        .description('Sign a policy file with IT’s key.')
        .argument('<file>')
        .requiredOption('--key <file>', 'the key file')
        .requiredOption('--out <file>', 'the signed policy')
        .option('--valid-days <days>', 'until when it is valid, if the file does not say', days, 365)
        .option('--passphrase-file <file>', 'file whose first line is the passphrase')
        .action(async (file: string, flags: SignFlags) => {
          const policy = await read(file, flags.validDays)
          const key = await readKeyFile(flags.key, await readSecret('Passphrase', flags.passphraseFile))
          await writeFile(flags.out, `${JSON.stringify(signPolicy(policy, key), null, 2)}\n`)
          say(`Version ${policy.version} for ${policy.organisation} is signed in ${flags.out}.`)
        })
    )
    .addCommand(compileCommand((file) => read(file, 365)))
    .addCommand(replayCommand())
    .addCommand(
      storeCommand('publish', 'Give a signed policy to every desk of its organisation.')
        .argument('<file>')
        .requiredOption('--org <name>', 'the organisation')
        .action(async (file: string, flags: StoreFlags & { readonly org: string }) => {
          const envelope = await readSigned(file, 'policy')
          const { version, wantsSnapshot } = await withStore(flags, (db) =>
            publishPolicy(db, { organisation: flags.org, envelope })
          )
          say(`Version ${version} is published to ${flags.org}.`)
          if (wantsSnapshot) say('Desks get it with the snapshot that names it.')
        })
    )
}

const read = async (file: string, validDays: number): Promise<Policy> =>
  (await readWritten(file, validDays)).policy

async function readWritten(file: string, validDays: number): Promise<AuthoredPolicy> {
  const now = new Date()
  const fill = {
    issuedAt: now.toISOString(),
    expiresAt: new Date(now.getTime() + validDays * 86_400_000).toISOString()
  }
  const policy = readAuthored(await readText(file), fill)
  if (policy.ok) return policy.value
  throw new ProvisionError(policy.error.map((problem) => `${file}: ${describeProblem(problem)}`).join('\n'))
}
