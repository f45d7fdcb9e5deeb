import { describe, expect, it } from 'vitest'
import { checkResultSchema } from '../../core/check/check'
import { catalogue } from '../../ui/messages/catalogue'
import { firstFacts, type Facts } from './facts'
import { ownChecks } from './own-checks'

const facts = (change: Partial<Facts>): Facts => ({ ...firstFacts('2026-01-01T00:00:00.000Z'), ...change })
const states = (change: Partial<Facts>): string[] => ownChecks(facts(change)).map(({ state }) => state)
const since = '2026-01-01T00:00:00.000Z'

describe('what main knows of its own checks', () => {
  it('knows nothing at the start, and says so', () => {
    expect(states({})).toEqual(['unknown', 'unknown'])
  })

  it('passes only a live camera and a hub that answers', () => {
    const camera = { state: 'live', label: 'Camera', width: 640, height: 480, fps: 30 } as const
    expect(states({ camera, hub: { state: 'reachable', since } })).toEqual(['pass', 'pass'])
  })

  it.each(['none-found', 'denied', 'in-use', 'ended', 'no-frames', 'failed'] as const)(
    'fails a camera lost by %s, with words for the way back',
    (reason) => {
      const [check] = ownChecks(facts({ camera: { state: 'lost', reason, detail: 'x' } }))
      expect(check?.state).toBe('fail')
      expect(catalogue).toHaveProperty([check?.remedy ?? ''])
    }
  )

  it('fails a hub that is away, in the form that the contract takes', () => {
    const [, check] = ownChecks(facts({ hub: { state: 'unreachable', since } }))
    expect(check?.state).toBe('fail')
    expect(catalogue).toHaveProperty([check?.remedy ?? ''])
    expect(ownChecks(facts({})).every((one) => checkResultSchema.safeParse(one).success)).toBe(true)
  })
})
