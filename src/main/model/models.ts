import type { SensorSettings } from '../../contract/ipc/schema'
import { chooseModel, type ChosenModel } from '../../core/model/choose'
import { openModelEnvelope, type ModelEnvelope } from '../../core/model/envelope'
import { modelIdOf, type ModelManifest } from '../../core/model/manifest'
import { refusalLabel } from '../../core/trust/refusal'
import type { SigningRole, VerifySignature } from '../../core/trust/signed'
import type { Policy } from '../../core/policy/policy'
import { typeOf, type ServedFile } from '../hardening/files'
import { ORIGIN } from '../windows/page'
import { modelFilePath } from './place'

interface InstalledModel {
  readonly manifest: ModelManifest
  readonly envelope: ModelEnvelope
}

export type SensorModel = SensorSettings['model']

export interface ModelsOptions {
  /** The model that comes with the program. */
  readonly builtIn: SensorModel
  readonly dataFolder: string
  readonly verify: VerifySignature
  readonly policy: () => Policy | null
  /** True while a change of the model would cover somebody's work. */
  readonly inUse: () => boolean
  /** Another model is to look from now on. `first` when none was chosen before. */
  readonly chosen: (first: boolean) => void
  /** No model may look: the desk stays hidden until one may. */
  readonly missing: (isMissing: boolean, wanted: string) => void
  /** For the record. */
  readonly event: (code: 'model-refused' | 'model-broken', detail: string) => void
  /** Asks the courier to look through what is on the disk and to fetch what is missing. */
  readonly check: () => void
}

const PREFIX = '/installed-models/'

/**
 * Which model looks at this desk. The policy names it, IT's signature vouches for it, its hashes say whether it is
 * whole; nothing that is missing of this is made up for unless the policy allows it. A better one that arrives while
 * somebody works waits until they sign out.
 */
export class Models {
  readonly #options: ModelsOptions
  readonly #installed = new Map<string, InstalledModel>()
  readonly #broken = new Set<string>()
  #pinned: { readonly role: SigningRole; readonly organisation: string } | null = null
  #current: ChosenModel | null = null

  constructor(options: ModelsOptions) {
    this.#options = options
  }

  /** What the sensor is told; null while no model may look. */
  get settings(): SensorModel | null {
    if (this.#current === null || this.#current.kind === 'none') return null
    return this.#current.kind === 'built-in' ? this.#options.builtIn : settingsOf(this.#current.manifest)
  }

  get isMissing(): boolean {
    return this.#current?.kind === 'none'
  }

  /**
   * Whose signatures count for models, by the root that is trusted now. The first organisation stays for the whole run.
   * What the keys of a newer root did not sign is used no more.
   */
  trust(role: SigningRole, organisation: string): void {
    this.#pinned = { role, organisation: this.#pinned?.organisation ?? organisation }
    for (const [id, { manifest, envelope }] of this.#installed) {
      const opened = this.#open(envelope)
      if (opened?.ok !== false) continue
      this.#installed.delete(id)
      this.#break(manifest, refusalLabel(opened.error))
    }
  }

  #open(envelope: ModelEnvelope): ReturnType<typeof openModelEnvelope> | null {
    if (this.#pinned === null) return null
    const { role, organisation } = this.#pinned
    return openModelEnvelope(envelope, role, organisation, () => null, this.#options.verify)
  }

  /** A model that the courier found whole. It counts when the pinned key signed it. */
  offer(envelope: ModelEnvelope): void {
    const opened = this.#open(envelope)
    if (opened === null) return
    if (!opened.ok) {
      this.#options.event('model-refused', refusalLabel(opened.error))
      return
    }
    const { manifest } = opened.value
    const id = modelIdOf(manifest)
    this.#installed.set(id, { manifest, envelope })
    this.#broken.delete(id)
    this.settle()
  }

  /** The courier refused what the hub handed out, or what the disk holds. */
  refused(problem: string): void {
    this.#options.event('model-refused', problem)
  }

  /** Looks again which model is to look. Cheap: called whenever anything of the desk changed. */
  settle(): void {
    const policy = this.#options.policy()
    if (policy === null) return
    const wanted = policy.sensor.model
    const manifests = [...this.#installed.values()].map(({ manifest }) => manifest)
    const best = chooseModel(wanted, manifests, this.#broken)
    const before = this.#current
    if (before !== null && same(before, best)) return
    if (before !== null && this.#options.inUse() && this.#mayGoOn(before, policy)) return
    this.#current = best
    const isMissing = best.kind === 'none'
    this.#options.missing(isMissing, wanted === undefined ? '' : `${wanted.name}@${wanted.minVersion}`)
    // What looks is the same as before when a model was missing only for a while; the sensor is started anew then too.
    if (!isMissing) this.#options.chosen(before === null)
  }

  /** The file behind a path under our own scheme, of the installed models alone. */
  served = (path: string): ServedFile | undefined => {
    const [found, file] = this.#fileOf(path) ?? []
    if (found === undefined || file === undefined) return undefined
    return {
      path: modelFilePath(this.#options.dataFolder, file.sha256),
      type: typeOf(file.path) ?? 'application/octet-stream',
      sha256: file.sha256
    }
  }

  /** A served file is not the one that was signed. False when it is none of the installed models'. */
  altered(path: string): boolean {
    const [manifest, file] = this.#fileOf(path) ?? []
    if (manifest === undefined || file === undefined) return false
    this.#break(manifest, `${file.path} is not what was signed`)
    this.#options.check()
    return true
  }

  /**
   * The sensor could not use a model. One of ours is not tried again in this run, unless it is fetched anew. Where
   * only the backend failed and nothing else may look, it stays chosen: the next start of the sensor may do better.
   */
  failed(id: string, stage: 'model' | 'backend', problem: string): void {
    const model = this.#installed.get(id)
    if (model === undefined) return
    const manifests = [...this.#installed.values()].map(({ manifest }) => manifest)
    const without = new Set(this.#broken).add(id)
    const next = chooseModel(this.#options.policy()?.sensor.model, manifests, without)
    if (stage === 'model' || next.kind !== 'none') this.#break(model.manifest, problem)
  }

  #break(manifest: ModelManifest, problem: string): void {
    const id = modelIdOf(manifest)
    if (this.#broken.has(id)) return
    this.#broken.add(id)
    this.#options.event('model-broken', `${id}: ${problem}`)
    this.settle()
  }

  /** True when the policy would still take what looks now, though there may be something better. */
  #mayGoOn(current: ChosenModel, { sensor: { model: wanted } }: Policy): boolean {
    switch (current.kind) {
      case 'none':
        return false
      case 'built-in':
        return wanted === undefined || wanted.orBuiltIn
      case 'installed': {
        const { name, version } = current.manifest
        const isBroken = this.#broken.has(modelIdOf(current.manifest))
        return !isBroken && wanted !== undefined && wanted.name === name && version >= wanted.minVersion
      }
    }
  }

  #fileOf(path: string): readonly [ModelManifest, ModelManifest['files'][number]] | null {
    if (!path.startsWith(PREFIX)) return null
    for (const { manifest } of this.#installed.values())
      for (const file of manifest.files) if (path === pathOf(manifest, file.path)) return [manifest, file]
    return null
  }
}

const pathOf = ({ name, version }: ModelManifest, file: string): string =>
  `${PREFIX}${name}/${version}/${file}`

const settingsOf = (manifest: ModelManifest): SensorModel => ({
  id: modelIdOf(manifest),
  url: `${ORIGIN}${pathOf(manifest, '')}`,
  files: Object.fromEntries(manifest.files.map(({ path, sha256 }) => [path, sha256])),
  definition: manifest.definition
})

const same = (a: ChosenModel, b: ChosenModel): boolean => {
  if (a.kind === 'installed' && b.kind === 'installed') return modelIdOf(a.manifest) === modelIdOf(b.manifest)
  return a.kind === b.kind
}
