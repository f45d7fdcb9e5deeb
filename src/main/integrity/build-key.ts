import { signingKeySchema, type SigningKey } from '../../core/trust/signed'

declare const __BUILD_KEY__: unknown

/**
 * The public key of whoever packaged this program, set by the bundler: a file beside it decides nothing. Null in a
 * build that was not made to be packaged.
 */
export const compiledBuildKey = (): SigningKey | null =>
  typeof __BUILD_KEY__ === 'undefined' || __BUILD_KEY__ === null
    ? null
    : signingKeySchema.parse(__BUILD_KEY__)
