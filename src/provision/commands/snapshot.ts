import { Command } from 'commander'
import { publishSnapshot } from '../../hub/store/index'
import { readKeyFile } from '../keys/key-file'
import { readSecret } from '../secret-input'
import { signDocument } from '../trust/document'
import { draftSnapshot } from '../trust/snapshot'
import { days, each, fromOne, readDocumentFile, readSigned, writeJson } from './files'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

interface SignFlags {
  readonly org: string
  readonly number: number
  readonly policy: string
  readonly model?: readonly string[]
  readonly key: string
  readonly validDays: number
  readonly passphraseFile?: string
  readonly out: string
}

/** `snapshot`: what is the newest, said anew every few days from a machine of IT's that is not the hub. */
export function snapshotCommand(): Command {
  return new Command('snapshot')
    .description(
      'What of the signed policies and models is the newest. Good for days, so that a hub cannot freeze it.'
    )
    .addCommand(
      new Command('sign')
        .description('Say which signed policy and models are the newest.')
        .requiredOption('--org <name>', 'the organisation')
        .requiredOption('--number <number>', 'the snapshot’s version: one more than the last', fromOne)
        .requiredOption('--policy <file>', 'the signed policy')
        .option('--model <file>', 'a signed model; may be repeated', each)
        .requiredOption('--key <file>', 'the key file')
        .requiredOption('--out <file>', 'the signed snapshot')
        .option('--valid-days <days>', 'how long it is good', days, 7)
        .option('--passphrase-file <file>', 'file whose first line is the passphrase')
        .action(async (flags: SignFlags) => {
          const draft = draftSnapshot({
            organisation: flags.org,
            version: flags.number,
            policy: await readDocumentFile(flags.policy),
            models: await Promise.all((flags.model ?? []).map(readDocumentFile)),
            validDays: flags.validDays,
            now: new Date()
          })
          const key = await readKeyFile(flags.key, await readSecret('Passphrase', flags.passphraseFile))
          await writeJson(flags.out, signDocument(draft, key))
          say(
            `Snapshot ${flags.number} of ${flags.org} is signed in ${flags.out}, good for ${flags.validDays} days.`
          )
        })
    )
    .addCommand(
      storeCommand('publish', 'Hand out what a snapshot names. All of it has to be published already.')
        .argument('<file>')
        .requiredOption('--org <name>', 'the organisation')
        .action(async (file: string, flags: StoreFlags & { readonly org: string }) => {
          const envelope = await readSigned(file, 'snapshot')
          const { version, expiresAt } = await withStore(flags, (db) =>
            publishSnapshot(db, { organisation: flags.org, envelope, now: new Date() })
          )
          say(`Snapshot ${version} is published to ${flags.org}. Publish the next before ${expiresAt}.`)
        })
    )
}
