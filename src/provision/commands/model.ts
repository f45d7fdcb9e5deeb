import { writeFile } from 'node:fs/promises'
import { Command, InvalidArgumentError } from 'commander'
import { modelManifestSchema } from '../../core/model/manifest'
import { listModels, publishModel, withdrawModel, type PublishedModel } from '../../hub/store/index'
import { readKeyFile } from '../keys/key-file'
import { readModelFile, readModelFolder } from '../model/folder'
import { readMeasured } from '../model/measured'
import { signModel } from '../model/sign'
import { readSecret } from '../secret-input'
import { days, readSigned } from './files'
import { say, storeCommand, withStore, type StoreFlags } from './with-store'

const version = (text: string): number => {
  const value = Number(text)
  if (Number.isSafeInteger(value) && value >= 1) return value
  throw new InvalidArgumentError('It has to be a whole number from 1.')
}

interface SignFlags {
  readonly model: string
  readonly measured: string
  readonly key: string
  readonly org: string
  readonly out: string
  readonly validDays: number
  readonly passphraseFile?: string
}

/** `model`: another detection model, from its author's folder to the desks whose policy names it. */
export function modelCommand(): Command {
  return new Command('model')
    .description('Detection models: checked, signed with their measurement, published.')
    .addCommand(lintCommand())
    .addCommand(signCommand())
    .addCommand(publishCommand())
    .addCommand(listCommand())
    .addCommand(withdrawCommand())
}

const lintCommand = (): Command =>
  new Command('lint')
    .description('Check a model’s folder: manifest.json, its fields, its files.')
    .requiredOption('--model <folder>', 'the model’s folder')
    .action(async ({ model }: { readonly model: string }) => {
      const { id, files } = await readModelFolder(model)
      const bytes = files.reduce((sum, file) => sum + file.bytes, 0)
      say(`${model} is a good model: ${id}, ${files.length} files, ${bytes} bytes.`)
    })

const signCommand = (): Command =>
  new Command('sign')
    .description('Sign a model with IT’s key, together with what it was measured to do.')
    .requiredOption('--model <folder>', 'the model’s folder')
    .requiredOption('--measured <file>', 'what eval:vision --model wrote with --json')
    .requiredOption('--key <file>', 'the key file')
    .requiredOption('--org <name>', 'the organisation')
    .requiredOption('--out <file>', 'the signed manifest')
    .option('--valid-days <days>', 'how long it may be installed', days, 365)
    .option('--passphrase-file <file>', 'file whose first line is the passphrase')
    .action(async (flags: SignFlags) => {
      const folder = await readModelFolder(flags.model)
      const measured = await readMeasured(flags.measured, folder)
      const now = Date.now()
      const manifest = modelManifestSchema.parse({
        ...folder.draft,
        organisation: flags.org,
        issuedAt: new Date(now).toISOString(),
        expiresAt: new Date(now + flags.validDays * 86_400_000).toISOString(),
        files: folder.files,
        measured
      })
      const key = await readKeyFile(flags.key, await readSecret('Passphrase', flags.passphraseFile))
      await writeFile(flags.out, `${JSON.stringify(signModel(manifest, key), null, 2)}\n`)
      say(`${folder.id}, measured on ${measured.images} pictures, is signed in ${flags.out}.`)
    })

const publishCommand = (): Command =>
  storeCommand('publish', 'Hand a signed model out to the desks whose policy names it.')
    .argument('<file>', 'the signed manifest')
    .requiredOption('--model <folder>', 'the model’s folder')
    .requiredOption('--org <name>', 'the organisation')
    .action(async (file: string, flags: StoreFlags & { readonly model: string; readonly org: string }) => {
      const envelope = await readSigned(file, 'model')
      const read = (path: string): Promise<Uint8Array> => readModelFile(flags.model, path)
      const published = await withStore(flags, (db) =>
        publishModel(db, { organisation: flags.org, envelope, read, now: new Date() })
      )
      say(`Version ${published.version} of ${published.name} is published to ${flags.org}.`)
    })

const listCommand = (): Command =>
  storeCommand('list', 'Every model that was published, with what it was measured to do.')
    .requiredOption('--org <name>', 'the organisation')
    .action(async (flags: StoreFlags & { readonly org: string }) => {
      const models = await withStore(flags, (db) => listModels(db, flags.org))
      for (const model of models) say(lineOf(model))
      if (models.length === 0) say(`${flags.org} has no models of its own.`)
    })

const withdrawCommand = (): Command =>
  storeCommand(
    'withdraw',
    'Hand a version to nobody any more. Desks that have it keep it until their policy changes.'
  )
    .argument('<name>')
    .argument('<version>', 'its number', version)
    .requiredOption('--org <name>', 'the organisation')
    .action(async (name: string, number: number, flags: StoreFlags & { readonly org: string }) => {
      await withStore(flags, (db) =>
        withdrawModel(db, { organisation: flags.org, name, version: number, now: new Date() })
      )
      say(`Version ${number} of ${name} is withdrawn.`)
    })

/** One line of the list: what it is, whether it is in use, and its figures. */
function lineOf({ name, version: number, publishedAt, withdrawnAt, manifest }: PublishedModel): string {
  const { images, scores } = manifest.measured
  const figures = (['scene', 'phone', 'book', 'people'] as const).map((question) => {
    const { precision, recall } = scores[question]
    return `${question} precision ${precision ?? '–'} recall ${recall ?? '–'}`
  })
  const state =
    withdrawnAt === null
      ? `published ${publishedAt.toISOString().slice(0, 10)}`
      : `withdrawn ${withdrawnAt.toISOString().slice(0, 10)}`
  return `${name} ${number}  ${state}, may be installed until ${manifest.expiresAt.slice(0, 10)}  ${manifest.licence}  ${images} pictures: ${figures.join(', ')}`
}
