import { readFileSync } from 'node:fs'
import koffi from 'koffi'
import { expect, test } from 'vitest'
import { requires } from '../../../test/requires'
import { preventDumps } from './dumps'

const PR_GET_DUMPABLE = 3
const PR_SET_DUMPABLE = 4

test('F6: the kernel says that this process leaves no core file, and once sealed cannot be dumped', (context) => {
  requires(context, 'linux')
  const prctl = koffi
    .load(null)
    .func('int prctl(int option, unsigned long value, unsigned long, unsigned long, unsigned long)')
  const ask = (option: number, value: number): number => Number(prctl(option, value, 0, 0, 0))
  expect(preventDumps(false)).toEqual([])
  expect(readFileSync('/proc/self/limits', 'utf8')).toMatch(/^Max core file size\s+0\s+0\s/m)
  try {
    expect(preventDumps(true)).toEqual([])
    expect(ask(PR_GET_DUMPABLE, 0)).toBe(0)
  } finally {
    ask(PR_SET_DUMPABLE, 1) // the runner of the tests is watched over like any other
  }
})
