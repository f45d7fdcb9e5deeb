import { builtInModel, compiledManifest } from '../hardening/models'
import { verifyEd25519 } from '../policy/verify'
import type { Desk } from '../session/desk'
import { Models, type ModelsOptions } from './models'

export interface OpenModelsOptions extends Pick<ModelsOptions, 'dataFolder' | 'check'> {
  /** Another model looks from now on. */
  readonly chosen: (id: string | undefined, first: boolean) => void
}

/** The models of one desk: its policy chooses, and while none may look the desk says so and shows nothing. */
export function openModels(desk: Desk, { dataFolder, check, chosen }: OpenModelsOptions): Models {
  const models = new Models({
    builtIn: builtInModel(compiledManifest()),
    dataFolder,
    verify: verifyEd25519,
    policy: () => desk.facts.policy,
    inUse: () => desk.state.person !== null,
    chosen: (first) => chosen(models.settings?.id, first),
    missing: (isMissing, wanted) => {
      desk.missing('model', isMissing)
      if (isMissing) desk.step('eyes', 'failed', 'remedy.model-missing', wanted)
      else desk.step('eyes', 'working')
    },
    event: (code, detail) => {
      desk.event(code, detail)
    },
    check
  })
  return models
}
