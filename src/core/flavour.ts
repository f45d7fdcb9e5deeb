declare const __FLAVOUR__: Flavour | undefined

/** What kind of build this is. Only `release` may hold real people's records. */
export type Flavour = 'release' | 'test' | 'demo'

/**
 * Set by the bundler, never read from the machine: no variable, switch or file changes it after the build.
 * Code that was not bundled counts as `release`, the strictest.
 */
export const FLAVOUR: Flavour = typeof __FLAVOUR__ === 'undefined' ? 'release' : __FLAVOUR__
