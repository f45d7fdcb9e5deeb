import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defaultRules } from '../../core/policy/defaults'
import type { Policy } from '../../core/policy/policy'
import { demoPolicy } from '../../../test/policy/demo-policy'
import { describeReport, reportOf } from './report'
import { replayFile } from './replay-file'

const policy = demoPolicy()
const deaf: Policy = {
  ...policy,
  rules: { ...defaultRules, phone: { ...defaultRules.phone, threshold: 0.99 } }
}
const looks = 'test/observations/phone.jsonl'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'replay-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('a replayed recording', () => {
  it('is told in figures and in words', async () => {
    const [run, against] = await replayFile(looks, [deaf, policy])
    const report = reportOf(run!, against!)
    expect(report).toMatchObject({
      looks: 150,
      policy: { alerts: 0, hiddenSeconds: 0 },
      against: { alerts: 1, alertsPerRule: { phone: 1 } },
      appeared: [],
      disappeared: [{ rule: 'phone' }]
    })
    expect(report.against?.hiddenSeconds).toBeGreaterThan(5)
    const text = describeReport(report)
    expect(text).toContain('150 looks over 00:00:19.9.')
    expect(text).toMatch(/No more under this policy:\n {2}00:00:06\.\d {2}phone {2}blank {2}for \d/)
  })

  it('says so when nothing would change', async () => {
    const [run, against] = await replayFile(looks, [policy, policy])
    expect(describeReport(reportOf(run!, against!))).toContain('The same alerts under both.')
  })

  it('lists its alerts when there is nothing to compare with', async () => {
    const [run] = await replayFile(looks, [policy])
    expect(describeReport(reportOf(run!, null))).toMatch(/Alerts:\n {2}00:00:06/)
  })
})

describe('a file that is no recording', () => {
  const broken = async (text: string): Promise<string> => {
    const file = join(folder, 'broken.jsonl')
    writeFileSync(file, text)
    return replayFile(file, [policy]).then(
      () => 'no problem',
      (error: unknown) => String(error)
    )
  }

  it.each([
    ['', /holds no look\. Record one first/],
    ['{}\n', /line 1: at: .*record it again/],
    ['\n\nnonsense\n', /line 3: it is not JSON: record it again/],
    [`${'x'.repeat(20_000)}\n`, /line 1: it is longer than 16384 characters/]
  ])('%j is named', async (text, problem) => {
    expect(await broken(text)).toMatch(problem)
  })

  it('is named when it is not there', async () => {
    await expect(replayFile(join(folder, 'nowhere'), [policy])).rejects.toThrow(/cannot be read \(ENOENT\)/)
  })
})
