import { describe, expect, it } from 'vitest'
import { readOptions } from './options'

const written = { minutes: '10', scene: 'working', seed: '1', replay: '0', gap: '0', sample: '10' }

describe('readOptions', () => {
  it('reads what is right', () => {
    expect(readOptions(written)).toMatchObject({
      ok: true,
      value: { minutes: 10, scene: 'working', seed: 1 }
    })
  })

  it.each([
    ['minutes', '0'],
    ['minutes', 'ten'],
    ['minutes', ''],
    ['scene', 'sleeping'],
    ['replay', '9999'],
    ['gap', '-1']
  ])('refuses --%s "%s" and says what it takes', (option, text) => {
    const read = readOptions({ ...written, [option]: text })
    expect(read.ok).toBe(false)
    if (!read.ok) expect(read.error).toMatch(new RegExp(`^--${option} takes .+, not "${text}"\\.$`))
  })
})
