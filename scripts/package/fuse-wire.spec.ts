import { describe, expect, test } from 'vitest'
import { decidedFuses } from './fuses'
import { fuseProblems, readFuseWires } from './fuse-wire'

const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const decided = decidedFuses('release')
const right = decided.map(({ on }) => (on ? '1' : '0')).join('')
const binary = (wire: string, version = 1): Buffer =>
  Buffer.concat([
    Buffer.from(`code code ${SENTINEL}`),
    Buffer.from([version, wire.length]),
    Buffer.from(wire),
    Buffer.from(' code')
  ])
const problems = (bytes: Buffer, major = 45): readonly string[] =>
  fuseProblems(readFuseWires(bytes), decided, major)

describe('A1: the fuse wire', () => {
  test('as decided has no problem; every fuse has its reason', () => {
    expect(problems(binary(right))).toEqual([])
    expect(decided).toHaveLength(9)
    expect(decided.every(({ why }) => why.length > 10)).toBe(true)
  })

  test.each(decided.map(({ name }, at) => [name, at] as const))(
    'with %s the other way is refused',
    (name, at) => {
      const put = (state: string): string => `${right.slice(0, at)}${state}${right.slice(at + 1)}`
      const flipped = put(right[at] === '1' ? '0' : '1')
      expect(problems(binary(flipped))).toHaveLength(1)
      expect(problems(binary(flipped))[0]).toContain(name)
      const removed = put('r')
      expect(problems(binary(removed))[0]).toContain('removed')
    }
  )

  test('with any other byte in a fuse is no wire', () => {
    const bytes = binary(right)
    bytes.write('x', bytes.indexOf(SENTINEL) + SENTINEL.length + 2)
    expect(() => readFuseWires(bytes)).toThrow('no wire of Electron')
  })

  test('of a newer runtime with a fuse that nobody decided is refused', () => {
    expect(problems(binary(`${right}1`))).toEqual([expect.stringContaining('fuse 9 is not decided')])
  })

  test('of an older runtime may end early, a newer one may not', () => {
    expect(problems(binary(right.slice(0, 8)), 33)).toEqual([])
    expect(problems(binary(right.slice(0, 8)), 45)).toEqual(['wasmTrapHandlers is missing'])
  })

  test('of another version, or none at all, is refused', () => {
    expect(problems(binary(right, 2))).toEqual(['wire of version 2'])
    expect(() => readFuseWires(Buffer.from('no wire here'))).toThrow('no fuses')
  })

  test('of a universal binary is looked at once for each processor', () => {
    const other = `0${right.slice(1)}`.replace(/^0/, '1')
    expect(problems(Buffer.concat([binary(right), binary(other)]))).toHaveLength(1)
  })
})
