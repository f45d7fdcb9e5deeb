import { Command } from 'commander'
import { rootSchema, type RoleName, type Root } from '../../core/trust/root'
import { newestRootOf, publishRoot } from '../../hub/store/index'
import { ProvisionError } from '../problem'
import { contentsOf, kindOf, type SignedDocument } from '../trust/document'
import { draftRoot, type WantedRole } from '../trust/root'
import { days, each, fromOne, readDocumentFile, readSigned, writeJson } from './files'
import { readPublicKey } from './signature'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

interface RoleFlags {
  readonly rootKey?: readonly string[]
  readonly rootThreshold?: number
  readonly policyKey?: readonly string[]
  readonly policyThreshold?: number
  readonly modelsKey?: readonly string[]
  readonly modelsThreshold?: number
  readonly snapshotKey?: readonly string[]
  readonly snapshotThreshold?: number
  readonly validDays: number
  readonly out: string
}

const roles = [
  ['root', 'says whose signatures count'],
  ['policy', 'signs policies'],
  ['models', 'signs models'],
  ['snapshot', 'says what is the newest; with it, desks demand a fresh snapshot']
] as const

function withRoles(command: Command): Command {
  for (const [name, what] of roles) {
    command
      .option(
        `--${name}-key <file>`,
        `a key that ${what}: a key file or its public half; may be repeated`,
        each
      )
      .option(`--${name}-threshold <number>`, 'how many of them have to sign', fromOne)
  }
  return command
    .option('--valid-days <days>', 'how long it is good', days, 365)
    .requiredOption('--out <file>', 'the root, to be signed with "signature add"')
}

/** `root`: whose signatures count, from one holder's draft to every desk. */
export function rootCommand(): Command {
  return new Command('root')
    .description('The root: which keys sign policies, models and snapshots, and how many of them have to.')
    .addCommand(
      withRoles(new Command('create').description('Draft the first root of an organisation.'))
        .requiredOption('--org <name>', 'the organisation')
        .action(async (flags: RoleFlags & { readonly org: string }) => {
          await draft(flags, flags.org, null)
        })
    )
    .addCommand(
      withRoles(
        new Command('rotate')
          .description('Draft the root that follows. What is not said stays; it is good from now on.')
          .argument('<file>', 'the root that it follows')
      )
        .option('--no-snapshot', 'desks demand no snapshot any more')
        .action(async (file: string, flags: RoleFlags & { readonly snapshot: boolean }) => {
          const before = rootIn(await readDocumentFile(file), file)
          await draft(flags, before.organisation, before, !flags.snapshot)
        })
    )
    .addCommand(
      storeCommand(
        'publish',
        'Give a root to every desk. Enough of the old and of the new keys have to have signed it.'
      )
        .argument('<file>')
        .requiredOption('--org <name>', 'the organisation')
        .action(async (file: string, flags: StoreFlags & { readonly org: string }) => {
          const envelope = await readSigned(file, 'root')
          const published = await withStore(flags, (db) =>
            publishRoot(db, { organisation: flags.org, envelope, now: new Date() })
          )
          say(`Root ${published.version} is published to ${flags.org}.`)
          if (!published.hasPolicy)
            say('No policy is signed by its keys: publish one before the grace of the old one is over.')
          if (published.wantsSnapshot) say('Publish a snapshot that its keys signed: desks demand one now.')
        })
    )
    .addCommand(
      storeCommand('export', 'Write the newest published root to a file, to compare or to follow.')
        .requiredOption('--org <name>', 'the organisation')
        .requiredOption('--out <file>', 'file to make')
        .action(async (flags: StoreFlags & { readonly org: string; readonly out: string }) => {
          const envelope = await withStore(flags, (db) => newestRootOf(db, flags.org))
          await writeJson(flags.out, envelope)
          say(`The newest root of ${flags.org} is in ${flags.out}.`)
        })
    )
}

async function draft(
  flags: RoleFlags,
  organisation: string,
  before: Root | null,
  withoutSnapshot = false
): Promise<void> {
  const wanted: Partial<Record<RoleName, WantedRole>> = {}
  for (const [name] of roles) {
    const files = flags[`${name}Key`]
    const threshold = flags[`${name}Threshold`]
    if (files === undefined && threshold === undefined) continue
    const keys = files === undefined ? keysOf(before, name) : await Promise.all(files.map(readPublicKey))
    wanted[name] = { keys, ...(threshold === undefined ? {} : { threshold }) }
  }
  const now = new Date()
  const { validDays } = flags
  const document = draftRoot({ organisation, before, roles: wanted, withoutSnapshot, validDays, now })
  await writeJson(flags.out, document)
  const root = rootIn(document, flags.out)
  say(`Root ${root.version} of ${organisation} is drafted in ${flags.out}. Now each holder: "signature add".`)
}

function keysOf(before: Root | null, name: RoleName): WantedRole['keys'] {
  const ids = before?.roles[name]?.keyIds
  if (ids === undefined) throw new ProvisionError(`--${name}-threshold needs its keys: --${name}-key.`)
  return (before?.keys ?? []).filter(({ keyId }) => ids.includes(keyId))
}

function rootIn(document: SignedDocument, file: string): Root {
  const root = kindOf(document) === 'root' ? rootSchema.safeParse(contentsOf(document)) : null
  if (root?.success === true) return root.data
  throw new ProvisionError(`${file} is no root. Make one with "havendesk root create".`)
}
