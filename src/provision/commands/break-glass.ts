import { Command, InvalidArgumentError } from 'commander'
import { grantMessage, problemOfGrant, type Grant, type GrantEnvelope } from '../../core/break-glass/grant'
import { toBase64url } from '../../core/trust/base64url'
import { grantException, listExceptions, type Exception } from '../../hub/store/index'
import { readKeyFile } from '../keys/key-file'
import { signBytes, type PolicyKey } from '../keys/policy-key'
import { ProvisionError } from '../problem'
import { readSecret } from '../secret-input'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

const minutes = (text: string): number => {
  const value = Number(text)
  if (Number.isInteger(value) && value >= 1 && value <= 60) return value
  throw new InvalidArgumentError('It has to be a whole number of minutes from 1 to 60.')
}

interface GrantFlags extends StoreFlags {
  readonly org: string
  readonly request: string
  readonly minutes: number
  readonly note: string
  readonly approver: string
  readonly key: string
  readonly passphraseFile?: string
}

/** `break-glass`: what desks ask to be excepted from, and granting it with a key file that the policy names. */
export function breakGlassCommand(): Command {
  return new Command('break-glass')
    .description('Exceptions: one check of one desk waived for an hour at most.')
    .addCommand(
      storeCommand('requests', 'List what desks ask for and nobody has answered.')
        .requiredOption('--org <name>', 'the organisation')
        .action(async (flags: StoreFlags & { readonly org: string }) => {
          const open = await withStore(flags, (db) =>
            listExceptions(db, { organisation: flags.org, now: new Date() })
          )
          if (open.length === 0) say('Nobody asks for anything.')
          for (const { row, label } of open)
            say(
              `${row.request}  ${label}: ${row.checkName}, ${row.reason}, asked ${row.askedAt.toISOString()}`
            )
        })
    )
    .addCommand(
      storeCommand('grant', 'Grant a request with the key that the policy names for an approver.')
        .requiredOption('--org <name>', 'the organisation')
        .requiredOption('--request <id>', 'the request, as "break-glass requests" lists it')
        .requiredOption('--minutes <number>', 'for how long, at most 60', minutes)
        .requiredOption('--note <text>', 'why, for the record; ten characters at least')
        .requiredOption('--approver <email>', 'who you are, as the policy names you')
        .requiredOption('--key <file>', 'your key file')
        .option('--passphrase-file <file>', 'file whose first line is the passphrase')
        .action(async (flags: GrantFlags) => {
          if (flags.note.trim().length < 10)
            throw new ProvisionError('--note: say why, in ten characters at least.')
          const key = await readKeyFile(flags.key, await readSecret('Passphrase', flags.passphraseFile))
          const granted = await withStore(flags, async (db) => {
            const now = new Date()
            const open = await listExceptions(db, { organisation: flags.org, now })
            const exception = open.find(({ row }) => row.request === flags.request)
            if (exception === undefined)
              throw new ProvisionError(
                `--request: there is no open request ${flags.request}. See "break-glass requests".`
              )
            const text = signedGrant(exception, flags, key)
            return db.transaction((tx) =>
              grantException(tx, { exception, text, note: flags.note.trim(), now })
            )
          })
          say(`${granted.check} is waived at that desk for ${granted.minutes} minutes from when it begins.`)
        })
    )
}

/** A grant of a request, signed. Throws `ProvisionError` for one that no desk would take. */
export function signedGrant(
  { organisation, row }: Exception,
  asked: Pick<GrantFlags, 'minutes' | 'approver'>,
  key: PolicyKey
): string {
  const grant: Grant = {
    schema: 1,
    organisation,
    device: row.workstationId,
    request: row.request,
    nonce: row.nonce,
    person: row.personId,
    check: row.checkName,
    minutes: asked.minutes,
    approver: asked.approver.trim().toLowerCase()
  }
  const problem = problemOfGrant(grant)
  if (problem !== null) throw new ProvisionError(problem)
  const payload = new TextEncoder().encode(JSON.stringify(grant))
  const envelope: GrantEnvelope = {
    v: 1,
    type: 'havendesk-break-glass',
    payload: toBase64url(payload),
    signature: toBase64url(signBytes(key, grantMessage(payload)))
  }
  return JSON.stringify(envelope)
}
