import { describe, expect, it } from 'vitest'
import { demoPolicy } from '../../../test/policy/demo-policy'
import { coreShareOf, defaultCoreShare } from './core-share'
import { parsePolicy } from './migrate'

const policy = (sensor: object) => parsePolicy({ ...demoPolicy(), sensor: { maxGapMs: 3000, ...sensor } })

describe('the share of a core that a policy gives to looking', () => {
  it.each([0.2, 0.35, 1])('may be %s', (coreShare) => {
    const read = policy({ coreShare })
    expect(read.ok && coreShareOf(read.value.sensor)).toBe(coreShare)
  })

  it('is half a core for a policy that says nothing', () => {
    const read = policy({})
    expect(read.ok && coreShareOf(read.value.sensor)).toBe(defaultCoreShare)
  })

  it.each([0, 0.19, 1.01, -1, '0.5', null])('is refused by its name when it is %s', (coreShare) => {
    const read = policy({ coreShare })
    expect(read.ok).toBe(false)
    if (!read.ok) expect(read.error[0]?.path).toEqual(['sensor', 'coreShare'])
  })
})
