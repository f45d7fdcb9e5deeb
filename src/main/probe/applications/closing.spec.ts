import { expect, test } from 'vitest'
import { program } from '../../../../test/applications/program'
import type { FoundApplication } from '../../../core/application/judge'
import { Closing } from './closing'

const found = (fields: Partial<FoundApplication> = {}): FoundApplication => ({
  key: '7:100',
  title: 'Tool',
  file: 'tool',
  response: 'close',
  disguised: false,
  closable: true,
  ...fields
})

test('a program is asked once, ended after its grace, and stubborn when it stays', () => {
  const acts: string[] = []
  const closing = new Closing((_, how) => acts.push(how) > 0)
  const at = (now: number) => closing.close([found()], [program()], now)
  expect(at(0)).toEqual([])
  at(1000)
  at(2999)
  expect(acts).toEqual(['asked'])
  expect(at(3000)).toEqual([])
  expect(acts).toEqual(['asked', 'forced'])
  expect(at(5000)).toEqual(['7:100'])
})

test('a program that comes back under the same number is asked anew', () => {
  const acts: string[] = []
  const closing = new Closing((_, how) => acts.push(how) > 0)
  closing.close([found()], [program()], 0)
  closing.close([], [], 1000)
  closing.close([found({ key: '7:200' })], [program({ key: '7:200' })], 4000)
  expect(acts).toEqual(['asked', 'asked'])
})

test('what is not to be closed, or runs for somebody else, is left alone', () => {
  const acts: string[] = []
  const closing = new Closing((_, how) => acts.push(how) > 0)
  closing.close([found({ response: 'blank' }), found({ closable: false })], [program()], 0)
  expect(acts).toEqual([])
})
