import { readFile, writeFile } from 'node:fs/promises'
import { Command } from 'commander'
import { publicKeyOf, readKeyFile, readKeyRoot } from '../keys/key-file'
import type { PolicyKey } from '../keys/policy-key'
import { ProvisionError } from '../problem'
import { readSecret } from '../secret-input'
import { attachSignature, contentsOf, kindOf, messageOf, signDocument } from '../trust/document'
import { readDocumentFile, readText, writeJson } from './files'
import { say } from './with-store'

interface AddFlags {
  readonly key: string
  readonly passphraseFile?: string
}
interface AttachFlags {
  readonly public: string
  readonly signature: string
}

/** `signature`: what several key holders do to one document, each where their key is. */
export function signatureCommand(): Command {
  return new Command('signature')
    .description('Signatures of roots, policies, models and snapshots, by several key holders or on a token.')
    .addCommand(
      new Command('show')
        .description('Print a document and who signed it. Look at it before you sign.')
        .argument('<file>')
        .action(async (file: string) => {
          const document = await readDocumentFile(file)
          say(JSON.stringify(contentsOf(document), null, 2))
          const names = document.signatures.map(({ keyId }) => keyId.slice(0, 12))
          say(`A ${kindOf(document)}, signed by ${names.length === 0 ? 'nobody yet' : names.join(', ')}.`)
        })
    )
    .addCommand(
      new Command('add')
        .description('Add the signature of a key file to a document.')
        .argument('<file>', 'the document; it is written anew')
        .requiredOption('--key <file>', 'the key file')
        .option('--passphrase-file <file>', 'file whose first line is the passphrase')
        .action(async (file: string, flags: AddFlags) => {
          const document = await readDocumentFile(file)
          const key = await readKeyFile(flags.key, await readSecret('Passphrase', flags.passphraseFile))
          await writeJson(file, signDocument(document, key))
          say(`${file} is signed by key ${key.root.keyId.slice(0, 12)}.`)
        })
    )
    .addCommand(
      new Command('bytes')
        .description('Write the exact bytes that a key has to sign, for a token or a security module.')
        .argument('<file>', 'the document')
        .requiredOption('--out <file>', 'the bytes')
        .action(async (file: string, { out }: { readonly out: string }) => {
          const message = messageOf(await readDocumentFile(file))
          await writeFile(out, message)
          say(`${message.length} bytes are in ${out}. Sign them with pure Ed25519, not a hash of them.`)
        })
    )
    .addCommand(
      new Command('attach')
        .description('Add a signature that a token made.')
        .argument('<file>', 'the document; it is written anew')
        .requiredOption('--public <file>', 'the public key: PEM, or what "keys public" wrote')
        .requiredOption('--signature <file>', 'the 64 raw bytes of the signature')
        .action(async (file: string, flags: AttachFlags) => {
          const document = await readDocumentFile(file)
          const key = await readPublicKey(flags.public)
          const signature = await readFile(flags.signature).catch(() => {
            throw new ProvisionError(`${flags.signature} cannot be read.`)
          })
          await writeJson(file, attachSignature(document, key, signature))
          say(`${file} is signed by key ${key.keyId.slice(0, 12)}.`)
        })
    )
}

/** A public key from PEM, from a file of ours, or from a key file. */
export async function readPublicKey(file: string): Promise<PolicyKey['root']> {
  const text = await readText(file)
  return text.includes('-----BEGIN') ? publicKeyOf(text, file) : readKeyRoot(file)
}
