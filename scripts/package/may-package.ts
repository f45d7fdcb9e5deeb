import type { Flavour } from '../../src/core/flavour'

export interface PackagingWish {
  readonly flavour: Flavour
  readonly platform: NodeJS.Platform
  readonly runtime: { readonly source: 'official' | 'fallback'; readonly version: string }
  /** The file of the build key; absent when none was named. */
  readonly keyFile: string | undefined
}

/** Why this is not packaged, with the way out; null when it may be. */
export function packagingProblem({ flavour, platform, runtime, keyFile }: PackagingWish): string | null {
  if (platform !== 'linux') {
    return 'Packaging is for Linux so far: elsewhere the list has to be signed before the system’s own signature.'
  }
  if (flavour !== 'release') return null
  if (runtime.source !== 'official') {
    return (
      `A release needs the official desktop runtime. Here is the fall-back, Electron ${runtime.version}.\n` +
      'Run npm start once where the official download is reachable, or package with: npm run dist -- --flavour demo'
    )
  }
  return keyFile === undefined
    ? 'A release is signed: name the key with --sign-key FILE.\n' +
        'Make one with: openssl genpkey -algorithm ed25519 -out build.key && chmod 600 build.key'
    : null
}
