import { Command } from 'commander'
import { trustPolicyKey } from '../../hub/store/index'
import { readKeyRoot, writeKeyFile, writePublicKeyFile } from '../keys/key-file'
import { createPolicyKey } from '../keys/policy-key'
import { readSecret } from '../secret-input'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

/** `keys`: IT's policy key, made and kept away from the hub. */
export function keysCommand(): Command {
  return new Command('keys')
    .description('Keys that sign roots, policies, models and snapshots. Keep them offline.')
    .addCommand(
      new Command('create')
        .description('Make a policy key, sealed under a passphrase.')
        .requiredOption('--out <file>', 'file to make')
        .option('--passphrase-file <file>', 'file whose first line is the passphrase')
        .action(async (flags: { readonly out: string; readonly passphraseFile?: string }) => {
          const key = createPolicyKey()
          await writeKeyFile(flags.out, key, await readSecret('Passphrase', flags.passphraseFile))
          say(
            `Policy key ${key.root.keyId} is in ${flags.out}. Without the passphrase it is of no use to anyone.`
          )
        })
    )
    .addCommand(
      new Command('public')
        .description('Write the public half of a key file, for whoever drafts the root.')
        .requiredOption('--key <file>', 'the key file')
        .requiredOption('--out <file>', 'file to make')
        .action(async (flags: { readonly key: string; readonly out: string }) => {
          const root = await readKeyRoot(flags.key)
          await writePublicKeyFile(flags.out, root)
          say(`The public half of key ${root.keyId} is in ${flags.out}.`)
        })
    )
    .addCommand(
      storeCommand('trust', 'Let the hub take policies signed by this key. Only its public half is used.')
        .requiredOption('--org <name>', 'the organisation')
        .requiredOption('--key <file>', 'the key file')
        .action(async (flags: StoreFlags & { readonly org: string; readonly key: string }) => {
          const root = await readKeyRoot(flags.key)
          await withStore(flags, (db) => trustPolicyKey(db, { organisation: flags.org, root }))
          say(`${flags.org} trusts policy key ${root.keyId}.`)
        })
    )
}
