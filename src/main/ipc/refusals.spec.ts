import { describe, expect, it } from 'vitest'
import { RefusalCounter } from './refusals'

describe('RefusalCounter', () => {
  it('reports the first at once and the rest once per period, with their number', () => {
    const reports: [string, number][] = []
    let later: () => void = () => undefined
    const counter = new RefusalCounter(
      (detail, count) => reports.push([detail, count]),
      (act) => (later = act)
    )
    for (let i = 0; i < 1000; i += 1) counter.count('shell.signIn', 'malformed')
    expect(reports).toEqual([['shell.signIn: malformed', 1]])
    later()
    expect(reports.at(-1)).toEqual(['shell.signIn: malformed', 999])
    expect(counter.total).toBe(1000)
  })

  it('keeps its memory small under a flood of different names', () => {
    const reports: [string, number][] = []
    let later: () => void = () => undefined
    const counter = new RefusalCounter(
      (detail, count) => reports.push([detail, count]),
      (act) => (later = act)
    )
    for (let i = 0; i < 5000; i += 1) counter.count(`host-${String(i)}`, 'not on the list')
    later()
    expect(reports.length).toBeLessThan(50)
    expect(reports.reduce((sum, [, count]) => sum + count, 0)).toBe(5000)
  })
})
