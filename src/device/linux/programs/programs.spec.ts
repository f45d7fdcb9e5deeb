import { describe, expect, it } from 'vitest'
import { parseStat } from './process'

/** A line of a real kernel, with the name in it replaced. */
const line = (name: string, state = 'S', flags = '4194304'): string =>
  `4711 (${name}) ${state} 4700 4711 4711 34816 4711 ${flags} 210 0 0 0 0 0 0 0 20 0 1 0 987654 5828608 221 18446744073709551615 94 94 140 0 0 0 0 0 0 0 0 0 17 1 0 0 0 0 0 94 94 94 140 140 140 140 0\n`

describe('a line of /proc/PID/stat', () => {
  it.each(['sleep', 'a b', 'x) S 1 (', ')))', '((', ') Z 1 1 1 1 1 2097152 '])(
    'keeps its fields behind any name: %s',
    (name) => {
      expect(parseStat(line(name))).toEqual({ comm: name, parent: 4700, start: '987654' })
    }
  )

  it('is no program when the process has ended, or is the kernel’s', () => {
    expect(parseStat(line('gone', 'Z'))).toBeNull()
    expect(parseStat(line('kworker/0:1', 'I', String(0x00200040)))).toBeNull()
  })

  it.each(['', '4711 sleep S 1', '4711 (sleep) S 1 2 3', 'garbage (x) y'])(
    'D2 is refused when it is none: %s',
    (text) => {
      expect(() => parseStat(text)).toThrow('cannot be read')
    }
  )
})
