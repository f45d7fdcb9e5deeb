import { describe, expect, test, vi } from 'vitest'
import type { ProgramVerdict } from '../../core/integrity/alteration'
import type { Flavour } from '../../core/flavour'
import { ProgramWatch } from './program-watch'

function setUp(flavour: Flavour = 'release') {
  const event = vi.fn()
  const known = vi.fn()
  const refused = vi.fn()
  return { watch: new ProgramWatch({ flavour, event, known, refused }), event, known, refused }
}
const whole: ProgramVerdict = { kind: 'whole', files: 3 }
const altered = (path: string): ProgramVerdict => ({
  kind: 'altered',
  alterations: [{ kind: 'changed', path, expected: 'e', found: 'f' }]
})

describe('A2: what follows from a check of the program', () => {
  test('no session before the first check has passed', () => {
    const { watch } = setUp()
    expect(watch.allows).toBe(false)
    watch.take(whole)
    expect(watch.allows).toBe(true)
  })

  test('an altered program is told by its file, refuses sessions, and stays altered for the run', () => {
    const { watch, event, refused, known } = setUp()
    watch.take(whole)
    watch.take(altered('a.pak'))
    expect(event).toHaveBeenCalledExactlyOnceWith('a.pak: expected e, found f')
    expect(refused).toHaveBeenCalledOnce()
    watch.take(whole)
    expect(watch.allows).toBe(false)
    expect(known).toHaveBeenLastCalledWith(altered('a.pak'), true)
  })

  test('each thing that is wrong is told once, round after round', () => {
    const { watch, event, refused } = setUp()
    for (const path of ['a', 'a', 'b', 'a']) watch.take(altered(path))
    expect(event).toHaveBeenCalledTimes(2)
    expect(refused).toHaveBeenCalledOnce()
  })

  test('a list that cannot be believed is as bad', () => {
    const { watch, event } = setUp('test')
    watch.take({ kind: 'unverifiable', problem: 'integrity.json: unreadable' })
    expect(watch.allows).toBe(false)
    expect(event).toHaveBeenCalledWith('integrity.json: unreadable')
  })

  test.each([
    ['release', false],
    ['test', true],
    ['demo', true]
  ] as const)('a %s that was not packaged may work: %s', (flavour, may) => {
    const { watch, known } = setUp(flavour)
    watch.take({ kind: 'not-packaged' })
    expect(watch.allows).toBe(may)
    expect(known).toHaveBeenCalledWith({ kind: 'not-packaged' }, !may)
  })
})
