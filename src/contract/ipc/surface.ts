import type { Schema } from './call'

/** The names and verbs of a schema and nothing else: what a preload needs, without any validator. */
export type SurfaceOf<S extends Schema> = {
  readonly [G in keyof S]: { readonly [C in keyof S[G]]: S[G][C]['verb'] }
}

/** Reads the surface off a schema. The bundler calls it, so that preloads carry the result as a constant. */
export function surfaceOf<S extends Schema>(schema: S): SurfaceOf<S> {
  const groups = Object.entries(schema).map(([group, calls]) => [
    group,
    Object.fromEntries(Object.entries(calls).map(([call, { verb }]) => [call, verb]))
  ])
  return Object.fromEntries(groups) as SurfaceOf<S>
}
