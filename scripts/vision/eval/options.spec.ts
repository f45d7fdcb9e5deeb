import { describe, expect, it } from 'vitest'
import { readOptions, UsageError } from './options'

describe('options of eval:vision', () => {
  it('take one second a still, every picture and English by default', () => {
    expect(readOptions(['--data', 'DIR'])).toMatchObject({
      data: 'DIR',
      videos: null,
      html: null,
      forMs: 1000,
      limit: 1e9,
      clock: 'wall',
      language: 'en'
    })
    expect(readOptions(['--video', 'V', '--seconds', '0.5', '--limit', '3'])).toMatchObject({
      forMs: 500,
      limit: 3
    })
    expect(readOptions(['--data', 'D', '--look-ms', '140'])).toMatchObject({ clock: 'stated', lookMs: 140 })
  })

  it.each([
    [[], /pass --data DIR or --video/],
    [['--data', 'D', '--seconds', 'two'], /--seconds two: write a number above 0/],
    [['--data', 'D', '--limit', '0'], /--limit 0/],
    [['--data', 'D', '--clock', 'sun'], /--clock sun: write wall or processor/],
    [['--data', 'D', '--look-ms', '0'], /--look-ms 0: write a number above 0/],
    [['--data', 'D', '--look-ms', '70', '--clock', 'wall'], /leave --clock out/],
    [['--data', 'D', '--look-ms', '70', '--promised'], /leave --promised and --video out/],
    [['--data', 'D', '--language', 'fr'], /--language fr: write en or es/],
    [['--video', 'V', '--html', 'H'], /--html shows pictures/],
    [['--data', 'D', '--observations', 'F'], /--observations needs a recording/],
    [['--data', 'D', '--treshold', '1'], /treshold/]
  ] as const)('%j is refused with the remedy', (args, message) => {
    expect(() => readOptions([...args])).toThrow(UsageError)
    expect(() => readOptions([...args])).toThrow(message)
  })
})
