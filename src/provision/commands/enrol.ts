import { readFile, writeFile } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { refusalLabel } from '../../core/trust/refusal'
import { openAnchor } from '../../core/trust/root'
import { releaseWorkstation, revokeWorkstation, verifyEd25519 } from '../../hub/store/index'
import { createTicket, readHubCa, type TicketRequest } from '../ticket'
import { readSigned } from './files'
import { ProvisionError } from '../problem'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

const hours = (text: string): number => {
  const value = Number(text)
  if (value > 0 && value <= 24) return value
  throw new InvalidArgumentError('It has to be more than 0 and at most 24 hours.')
}

interface TicketFlags extends StoreFlags {
  readonly org: string
  readonly team: string
  readonly label: string
  readonly hubUrl: string
  readonly hubCa?: string
  readonly root?: string
  readonly out: string
  readonly hours: number
  readonly simulated?: true
  readonly person?: string
  readonly shared?: true
}

/** `enrol`: tickets for workstations, and shutting one out. */
export function enrolCommand(): Command {
  return new Command('enrol')
    .description('Workstations.')
    .addCommand(
      storeCommand('ticket', 'Make a ticket that enrols one workstation once.')
        .requiredOption('--org <name>', 'the organisation')
        .requiredOption('--team <name>', 'the team')
        .requiredOption('--label <text>', 'what the console calls the workstation')
        .requiredOption('--hub-url <url>', 'where it finds the hub, https://host:port')
        .requiredOption('--out <file>', 'the ticket; hand it over safely, it is a secret')
        .option('--hub-ca <file>', 'the hub’s certificate authority, when the data folder is not here')
        .option(
          '--root <file>',
          'IT’s own copy of the root, to be pinned in place of the one in the hub’s database'
        )
        .option('--hours <number>', 'how long it can be used', hours, 8)
        .option('--person <email>', 'the advocate whose workstation it is; nobody else can sign in at it')
        .option('--shared', 'instead of --person: every advocate of the organisation may sign in at it')
        .option('--simulated', 'the desk is simulated; demo organisations only')
        .action(async (flags: TicketFlags) => {
          if ((flags.person === undefined) === (flags.shared === undefined)) {
            throw new ProvisionError('Say whose workstation it is: --person EMAIL, or --shared.')
          }
          const ticket = await withStore(flags, async (db) =>
            createTicket(db, {
              organisation: flags.org,
              team: flags.team,
              label: flags.label,
              hubUrl: flags.hubUrl,
              hubCa: await authorityFor(flags),
              hours: flags.hours,
              ...(await rootFor(flags)),
              simulated: flags.simulated === true,
              person: flags.person
            })
          )
          await writeFile(flags.out, `${JSON.stringify(ticket, null, 2)}\n`, { mode: 0o600, flag: 'wx' })
          say(`The ticket for ${flags.label} is in ${flags.out}, good for ${flags.hours} hours.`)
        })
    )
    .addCommand(
      storeCommand('revoke', 'Shut a workstation out for good.')
        .argument('<workstation>')
        .action(async (workstation: string, flags: StoreFlags) => {
          await withStore(flags, (db) => revokeWorkstation(db, workstation))
          say(`Workstation ${workstation} is shut out.`)
        })
    )
    .addCommand(
      storeCommand(
        'release',
        'Let a workstation speak again that was quarantined, because you looked and there is no copy of it.'
      )
        .argument('<workstation>')
        .action(async (workstation: string, flags: StoreFlags) => {
          await withStore(flags, (db) => releaseWorkstation(db, workstation))
          say(`Workstation ${workstation} is released.`)
        })
    )
}

async function rootFor({ root, org }: TicketFlags): Promise<Pick<TicketRequest, 'root'>> {
  if (root === undefined) return {}
  const opened = openAnchor(await readSigned(root, 'root'), org, verifyEd25519)
  if (!opened.ok) throw new ProvisionError(`${root} is no root of ${org}: ${refusalLabel(opened.error)}.`)
  return opened.value.envelope === null ? {} : { root: opened.value.envelope }
}

function authorityFor(flags: TicketFlags): Promise<string> {
  if (flags.hubCa !== undefined) {
    const file = flags.hubCa
    return readFile(file, 'utf8').catch(() => {
      throw new ProvisionError(`${file} cannot be read.`)
    })
  }
  if (flags.data === undefined) throw new ProvisionError('Name the hub’s authority with --hub-ca.')
  return readHubCa(flags.data)
}
