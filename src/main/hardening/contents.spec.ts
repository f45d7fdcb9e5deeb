import { describe, expect, it } from 'vitest'
import { lockedPreferences, weaknessesOf } from './contents'

describe('A3 preferences', () => {
  it('ours have no weakness', () => {
    expect(weaknessesOf(lockedPreferences(false))).toEqual([])
    expect(lockedPreferences(false).devTools).toBe(false)
  })

  it.each([
    ['sandbox', false],
    ['contextIsolation', false],
    ['nodeIntegration', true],
    ['nodeIntegrationInWorker', true],
    ['nodeIntegrationInSubFrames', true],
    ['webviewTag', true],
    ['allowRunningInsecureContent', true],
    ['experimentalFeatures', true],
    ['webSecurity', false]
  ] as const)('%s: %s is a weakness', (name, value) => {
    expect(weaknessesOf({ ...lockedPreferences(false), [name]: value })).toEqual([name])
  })

  it('unknown preferences are weak ones', () => {
    expect(weaknessesOf({})).not.toEqual([])
  })
})
