import { Command } from 'commander'
import type { Accommodation } from '../../core/accommodation/accommodation'
import { publishAccommodation, withdrawAccommodation } from '../../hub/store/index'
import { readAccommodation } from '../accommodation/author'
import { signAccommodation } from '../accommodation/sign'
import { readKeyFile } from '../keys/key-file'
import { describeProblem } from '../policy/author'
import { ProvisionError } from '../problem'
import { readSecret } from '../secret-input'
import { readSigned, readText, writeJson } from './files'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

interface SignFlags {
  readonly key: string
  readonly out: string
  readonly passphraseFile?: string
}

/** `accommodation`: what one person's desk may do otherwise, with what makes up for it and an end. */
export function accommodationCommand(): Command {
  return new Command('accommodation')
    .description('Accommodations of single people: checked, signed, published.')
    .addCommand(
      new Command('lint')
        .description('Check an accommodation file. Names every field that is wrong, with its line.')
        .argument('<file>')
        .action(async (file: string) => {
          const { id, version, kind, expiresAt } = await read(file)
          say(`${file} is good: ${id}, version ${version}, ${kind}, until ${expiresAt}.`)
        })
    )
    .addCommand(
      new Command('sign')
        .description('Sign an accommodation file with IT’s key.')
        .argument('<file>')
        .requiredOption('--key <file>', 'the key file')
        .requiredOption('--out <file>', 'the signed accommodation')
        .option('--passphrase-file <file>', 'file whose first line is the passphrase')
        .action(async (file: string, flags: SignFlags) => {
          const accommodation = await read(file)
          const key = await readKeyFile(flags.key, await readSecret('Passphrase', flags.passphraseFile))
          await writeJson(flags.out, signAccommodation(accommodation, key))
          say(`${accommodation.id}, version ${accommodation.version}, is signed in ${flags.out}.`)
        })
    )
    .addCommand(
      storeCommand('publish', 'Give a signed accommodation to the desk of the person it is for.')
        .argument('<file>')
        .requiredOption('--org <name>', 'the organisation')
        .action(async (file: string, flags: StoreFlags & { readonly org: string }) => {
          const envelope = await readSigned(file, 'accommodation')
          const { id, version } = await withStore(flags, (db) =>
            publishAccommodation(db, { organisation: flags.org, envelope, now: new Date() })
          )
          say(`${id}, version ${version}, is published. It counts from the person’s next sign-in.`)
        })
    )
    .addCommand(
      storeCommand('withdraw', 'Hand an accommodation out no more.')
        .argument('<id>')
        .requiredOption('--org <name>', 'the organisation')
        .action(async (id: string, flags: StoreFlags & { readonly org: string }) => {
          const which = { organisation: flags.org, id, now: new Date() }
          await withStore(flags, (db) => withdrawAccommodation(db, which))
          say(
            `${id} is withdrawn. To end it at once everywhere, and for good, add it to accommodations.revoked of the policy.`
          )
        })
    )
}

async function read(file: string): Promise<Accommodation> {
  const parsed = readAccommodation(await readText(file), { issuedAt: new Date().toISOString() })
  if (parsed.ok) return parsed.value
  throw new ProvisionError(parsed.error.map((problem) => `${file}: ${describeProblem(problem)}`).join('\n'))
}
