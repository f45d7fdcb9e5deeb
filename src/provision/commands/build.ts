import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { chooseDevice } from '../../device/choose'
import { allowBuild, listBuilds, trustTpmMaker, withdrawBuild } from '../../hub/store/index'
import { ProvisionError } from '../problem'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

interface OrgFlags extends StoreFlags {
  readonly org: string
}

const orgCommand = (name: string, description: string): Command =>
  storeCommand(name, description).requiredOption('--org <name>', 'the organisation')

/** `build`: which programs an organisation takes. */
export function buildCommand(): Command {
  return new Command('build')
    .description('Programs that may attest.')
    .addCommand(
      new Command('measure')
        .description(
          'Print the hash of an installed program: its app.asar, or the folder that has its files.'
        )
        .argument('<path>')
        .action(async (path: string) => {
          say(await measure(path))
        })
    )
    .addCommand(
      orgCommand('allow', 'Let a program attest.')
        .argument('<hash>', 'what "build measure" printed')
        .requiredOption('--label <text>', 'its version, for people')
        .action(async (buildHash: string, flags: OrgFlags & { readonly label: string }) => {
          const { org: organisation, label } = flags
          await withStore(flags, (db) => allowBuild(db, { organisation, buildHash, label }))
          say(`${label} may attest for ${organisation}.`)
        })
    )
    .addCommand(
      orgCommand('withdraw', 'Take a program off the list.')
        .argument('<hash>')
        .action(async (buildHash: string, flags: OrgFlags) => {
          const organisation = flags.org
          await withStore(flags, (db) => withdrawBuild(db, { organisation, buildHash }))
          say('Desks that run it cannot attest any more.')
        })
    )
    .addCommand(
      orgCommand('list', 'List the programs of an organisation.').action(async (flags: OrgFlags) => {
        const builds = await withStore(flags, (db) => listBuilds(db, flags.org))
        for (const { buildHash, label, withdrawnAt } of builds) {
          say(`${buildHash}  ${label}${withdrawnAt === null ? '' : '  (withdrawn)'}`)
        }
        if (builds.length === 0) say('No program is allowed yet.')
      })
    )
}

/** `tpm`: whose TPMs an organisation believes. */
export function tpmCommand(): Command {
  return new Command('tpm').description('TPMs.').addCommand(
    orgCommand('trust', 'Believe the endorsement certificates of a TPM maker.')
      .argument('<certificate>', 'the maker’s root or intermediate certificate, PEM')
      .action(async (file: string, flags: OrgFlags) => {
        const certificate = await readFile(file, 'utf8').catch(() => {
          throw new ProvisionError(`${file} cannot be read.`)
        })
        const organisation = flags.org
        const maker = await withStore(flags, (db) => trustTpmMaker(db, { organisation, certificate }))
        say(`${organisation} trusts the TPMs of ${maker}.`)
      })
  )
}

async function measure(path: string): Promise<string> {
  try {
    return await chooseDevice().measureProgram(path)
  } catch (error) {
    throw new ProvisionError(`${path} cannot be measured: ${error instanceof Error ? error.message : ''}`)
  }
}
