import { z } from 'zod'
import { modelIdOf, modelNameSchema, type ModelManifest } from './manifest'

/** What a policy says of the model at its desks. Without it the one that comes with the program looks. */
export const modelChoiceSchema = z.strictObject({
  name: modelNameSchema,
  /** The oldest version that may look. */
  minVersion: z.number().int().positive(),
  /** Whether the program's own model may look while no such one is whole. Otherwise the desk stays hidden. */
  orBuiltIn: z.boolean().default(false)
})
export type ModelChoice = z.infer<typeof modelChoiceSchema>

export type ChosenModel =
  /** `instead`: the policy names another one, which is not there or does not work. */
  | { readonly kind: 'built-in'; readonly instead: boolean }
  | { readonly kind: 'installed'; readonly manifest: ModelManifest }
  /** Nothing may look: the desk stays hidden. */
  | { readonly kind: 'none' }

/**
 * Which model looks: the newest installed one that the policy takes and that is not known to be broken, else the
 * built-in one where the policy allows it, else none. What the hub says has no part in it.
 */
export const chooseModel = (
  choice: ModelChoice | undefined,
  installed: readonly ModelManifest[],
  broken: ReadonlySet<string>
): ChosenModel => {
  if (choice === undefined) return { kind: 'built-in', instead: false }
  const taken = installed
    .filter(({ name, version }) => name === choice.name && version >= choice.minVersion)
    .filter((manifest) => !broken.has(modelIdOf(manifest)))
    .sort((a, b) => b.version - a.version)
  if (taken[0] !== undefined) return { kind: 'installed', manifest: taken[0] }
  return choice.orBuiltIn ? { kind: 'built-in', instead: true } : { kind: 'none' }
}
