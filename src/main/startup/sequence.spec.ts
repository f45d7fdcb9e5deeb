import { describe, expect, it } from 'vitest'
import { Sequence, type Step } from './sequence'

function setUp() {
  const done: string[] = []
  const sequence = new Sequence({
    performed: (name) => done.push(`+${name}`),
    failed: (_name, error) => done.push(error instanceof Error ? error.message : 'failed')
  })
  const step = (name: string, act: () => void = () => undefined): Step<string> => ({
    name,
    perform: () => {
      act()
      return name
    },
    revert: (value) => void done.push(`-${name}:${value ?? 'half'}`)
  })
  return { sequence, step, done }
}

describe('Sequence', () => {
  it('goes back last first, once', async () => {
    const { sequence, step, done } = setUp()
    await sequence.perform(step('a'))
    await sequence.perform(step('b'))
    await Promise.all([sequence.revert(), sequence.revert()])
    expect(done).toEqual(['+a', '+b', '-b:b', '-a:a'])
  })

  it('undoes half a step, and the ones before it', async () => {
    const { sequence, step, done } = setUp()
    await sequence.perform(step('a'))
    const broken = step('b', () => {
      throw new Error('no')
    })
    await expect(sequence.perform(broken)).rejects.toThrow('no')
    await sequence.revert()
    expect(done).toEqual(['+a', '-b:half', '-a:a'])
  })

  it('goes on back when one step cannot', async () => {
    const { sequence, step, done } = setUp()
    await sequence.perform(step('a'))
    await sequence.perform({
      name: 'stubborn',
      perform: () => undefined,
      revert: () => {
        throw new Error('stays')
      }
    })
    await sequence.revert()
    expect(done).toEqual(['+a', '+stubborn', 'stays', '-a:a'])
    await expect(sequence.perform(step('late'))).rejects.toThrow('closing')
  })
})
