import type { Keychain } from '../keys/keychain'
import { withTimeLimit } from '../time-limit'

/** Under which the keychain holds it. */
export const GENERATION_ACCOUNT = 'offline-generation'
const LIMIT_MS = 5000

/**
 * The number of the newest writing of `offline.sealed`, kept apart from the file: a copy of the file that is put back
 * brings back neither a person who was forgotten nor tries that were used up.
 */
export interface Generation {
  /** What a file must bear at least; 0 when none was ever written. Rejects when the keychain cannot be used. */
  least(): Promise<number>
  /** Never lowers it. */
  raise(to: number): Promise<void>
}

export function keychainGeneration(keychain: Keychain): Generation {
  const least = async (): Promise<number> => {
    const text = await withTimeLimit(keychain.get(GENERATION_ACCOUNT), LIMIT_MS, NO_ANSWER)
    const number = text === null ? 0 : Number(text)
    if (Number.isSafeInteger(number) && number >= 0) return number
    throw new Error(`the keychain's ${GENERATION_ACCOUNT} is no number`)
  }
  return {
    least,
    raise: async (to) => {
      if (to <= (await least())) return
      await withTimeLimit(keychain.set(GENERATION_ACCOUNT, String(to)), LIMIT_MS, NO_ANSWER)
      if ((await least()) < to) throw new Error(`the keychain did not keep ${GENERATION_ACCOUNT}`)
    }
  }
}

const NO_ANSWER = 'the keychain did not answer'
