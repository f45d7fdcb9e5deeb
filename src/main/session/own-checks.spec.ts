import { describe, expect, it } from 'vitest'
import { checkResultSchema } from '../../core/check/check'
import { catalogue } from '../../ui/messages/catalogue'
import { paceOf, type Power } from '../../core/observation/pace'
import { firstFacts, type Facts } from './facts'
import { ownChecks } from './own-checks'

const facts = (change: Partial<Facts>): Facts => ({ ...firstFacts('2026-01-01T00:00:00.000Z'), ...change })
const states = (change: Partial<Facts>): string[] => ownChecks(facts(change)).map(({ state }) => state)
const since = '2026-01-01T00:00:00.000Z'

describe('what main knows of its own checks', () => {
  it('knows nothing at the start, and says so', () => {
    expect(states({})).toEqual(['unknown', 'pass', 'unknown', 'unknown'])
  })

  it('passes only a live camera and a hub that answers', () => {
    const camera = { state: 'live', label: 'Camera', width: 640, height: 480, fps: 30 } as const
    expect(states({ camera, hub: { state: 'reachable', since } })).toEqual([
      'pass',
      'pass',
      'pass',
      'unknown'
    ])
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
    const [, , check] = ownChecks(facts({ hub: { state: 'unreachable', since } }))
    expect(check?.state).toBe('fail')
    expect(catalogue).toHaveProperty([check?.remedy ?? ''])
    expect(ownChecks(facts({})).every((one) => checkResultSchema.safeParse(one).success)).toBe(true)
  })

  it('A2 fails an altered program and names its file; one that was never packaged has no such check', () => {
    const path = 'resources/app.asar > preload/shell.cjs'
    const alterations = [{ kind: 'changed', path, expected: 'a', found: 'b' } as const]
    const [, , , check] = ownChecks(facts({ program: { kind: 'altered', alterations } }))
    expect(checkResultSchema.parse(check)).toMatchObject({ id: 'program', state: 'fail' })
    expect(check?.evidence).toContain(path)
    expect(catalogue).toHaveProperty([check?.remedy ?? ''])
    expect(states({ program: { kind: 'whole', files: 3 } })[3]).toBe('pass')
    expect(states({ program: { kind: 'not-packaged' } })).toHaveLength(3)
  })

  it('says in both languages why the camera is looked at less, and passes, since no promise suffers', () => {
    const powers: readonly Power[] = ([true, false] as const).flatMap((onBattery) =>
      (['nominal', 'fair', 'serious'] as const).flatMap((thermal) =>
        [100, 80, 50].map((speedLimit) => ({ onBattery, thermal, speedLimit }))
      )
    )
    for (const power of powers) {
      const [, check] = ownChecks(facts({ pace: paceOf(power) }))
      expect(checkResultSchema.parse(check)).toMatchObject({ id: 'pace', state: 'pass' })
      if (paceOf(power).pace === 'full') expect(check?.remedy).toBe('')
      else expect(catalogue).toHaveProperty([check?.remedy ?? ''])
    }
  })
})
