import { Argument, Command, Option } from 'commander'
import { consoleRoleSchema, type ConsoleRole } from '../../core/access/right'
import {
  addPerson,
  createOrganisation,
  createTeam,
  disablePerson,
  enablePerson,
  requireSecondFactor,
  resetSecondFactor,
  setAttestation,
  type AttestationMode,
  type Role
} from '../../hub/store/index'
import { ProvisionError } from '../problem'
import { readSecret } from '../secret-input'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

/** `org`, `team` and `person`: who there is. */
export function peopleCommands(): readonly Command[] {
  const organisation = new Command('org').description('Organisations.').addCommand(
    storeCommand('create', 'Make an organisation.')
      .argument('<name>')
      .option('--demo', 'for demonstration: takes demo and test builds and simulated desks, for ever')
      .action(async (name: string, flags: StoreFlags & { readonly demo?: true }) => {
        await withStore(flags, (db) => createOrganisation(db, { name, demo: flags.demo === true }))
        say(`Organisation ${name} is made.`)
      })
  )
  organisation.addCommand(
    storeCommand('attestation', 'Say whether desks have to attest before anybody signs in, or only report.')
      .requiredOption('--org <name>', 'the organisation')
      .addArgument(new Argument('<mode>').choices(['require', 'report']))
      .action(async (mode: AttestationMode, flags: StoreFlags & { readonly org: string }) => {
        await withStore(flags, (db) => setAttestation(db, { organisation: flags.org, mode }))
        say(mode === 'require' ? 'Desks have to attest.' : 'Desks may attest; nothing waits for it.')
      })
  )
  organisation.addCommand(secondFactorCommand())
  const team = new Command('team').description('Teams.').addCommand(
    storeCommand('create', 'Make a team.')
      .argument('<name>')
      .requiredOption('--org <name>', 'its organisation')
      .action(async (name: string, flags: StoreFlags & { readonly org: string }) => {
        await withStore(flags, (db) => createTeam(db, { organisation: flags.org, name }))
        say(`Team ${name} is made in ${flags.org}.`)
      })
  )
  const person = new Command('person')
    .description('People who sign in.')
    .addCommand(addCommand())
    .addCommand(accessCommand('disable'))
    .addCommand(accessCommand('enable'))
    .addCommand(resetCommand())
  return [organisation, team, person]
}

interface PersonFlags extends StoreFlags {
  readonly org: string
  readonly team: string
  readonly email: string
  readonly role: Role
  readonly passwordFile?: string
}

function addCommand(): Command {
  return storeCommand(
    'add',
    'Add a person. The password is asked for, or read from a file or standard input.'
  )
    .argument('<name>')
    .requiredOption('--org <name>', 'the organisation')
    .requiredOption('--team <name>', 'the team')
    .requiredOption('--email <address>', 'what they sign in with')
    .addOption(
      new Option('--role <role>', 'what they are')
        .choices(['advocate', ...consoleRoleSchema.options])
        .makeOptionMandatory()
    )
    .option('--password-file <file>', 'file whose first line is the password')
    .action(async (name: string, flags: PersonFlags) => {
      const password = await readSecret('Password', flags.passwordFile)
      const { org: organisation, team, email, role } = flags
      await withStore(flags, (db) => addPerson(db, { organisation, team, name, email, role, password }))
      say(`${name} can sign in as ${role} with ${email}.`)
    })
}

function accessCommand(what: 'disable' | 'enable'): Command {
  const about =
    what === 'disable'
      ? 'Shut a person out: their sessions end at once, and they sign in nowhere.'
      : 'Let a person sign in again who was shut out.'
  return storeCommand(what, about)
    .argument('<email>', 'what they sign in with')
    .requiredOption('--org <name>', 'the organisation')
    .action(async (email: string, flags: StoreFlags & { readonly org: string }) => {
      const which = { organisation: flags.org, email }
      const act = what === 'disable' ? disablePerson : enablePerson
      await withStore(flags, (db) => db.transaction((tx) => act(tx, which)))
      say(what === 'disable' ? `${email} is shut out.` : `${email} can sign in again.`)
    })
}

function secondFactorCommand(): Command {
  return storeCommand(
    'second-factor',
    'Say which roles need a second factor at the console, in place of what was said before.'
  )
    .requiredOption('--org <name>', 'the organisation')
    .addArgument(
      new Argument('<role...>', 'the roles, or none').choices(['none', ...consoleRoleSchema.options])
    )
    .action(
      async (named: readonly (ConsoleRole | 'none')[], flags: StoreFlags & { readonly org: string }) => {
        const roles = named.filter((role) => role !== 'none')
        if (roles.length > 0 && roles.length < named.length)
          throw new ProvisionError('Name roles, or none; not both.')
        await withStore(flags, (db) =>
          db.transaction((tx) => requireSecondFactor(tx, { organisation: flags.org, roles }))
        )
        say(
          roles.length === 0
            ? 'No role needs a second factor.'
            : `These roles need a second factor: ${roles.join(', ')}. Their sessions without one are over.`
        )
      }
    )
}

function resetCommand(): Command {
  return storeCommand(
    'reset-second-factor',
    'Take the app, recovery codes and passkeys of a person away who lost them, and end their sessions at the console.'
  )
    .argument('<email>', 'what they sign in with')
    .requiredOption('--org <name>', 'the organisation')
    .action(async (email: string, flags: StoreFlags & { readonly org: string }) => {
      const which = { organisation: flags.org, email }
      await withStore(flags, (db) => db.transaction((tx) => resetSecondFactor(tx, which)))
      say(`${email} has no second factor now. Make sure that it was they who asked.`)
    })
}
