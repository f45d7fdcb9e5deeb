import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fromPlaywright, fromVitest, judge } from './results.mjs'

let folder = ''
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'hd-results-'))))
afterEach(() => rmSync(folder, { recursive: true }))

const good = { code: 0, detail: 'exit code 0' }
const bad = { code: 1, detail: 'exit code 1' }
const closing = (results: Parameters<typeof judge>[0], noSkips = false) => {
  const { text, passed } = judge(results, { noSkips })
  return { line: text.split('\n').at(-1), text, passed }
}
const write = (report: unknown) => {
  const file = join(folder, 'report.json')
  writeFileSync(file, typeof report === 'string' ? report : JSON.stringify(report))
  return file
}
const assertion = (fullName: string, status: string, meta = {}) => ({
  fullName,
  status,
  failureMessages: status === 'failed' ? ['expected 1 to be 2'] : [],
  meta
})

describe('the closing line', () => {
  it('says how many passed and failed, and how many were skipped only when some were', () => {
    expect(closing([{ stage: 'unit', title: 'a', state: 'passed' }])).toMatchObject({
      line: '1 passed, 0 failed',
      passed: true
    })
    const skip = { stage: 'unit', title: 'b', state: 'skipped' as const, detail: '[system] runs on Linux' }
    const some = closing([{ stage: 'unit', title: 'a', state: 'passed' }, skip])
    expect(some.line).toBe('1 passed, 0 failed, 1 skipped')
    expect(some.text).toContain('Not run on this machine:\n  b\n    [system] runs on Linux')
  })

  it('comes after the names of those that passed at the second try alone, and why the first failed', () => {
    const { text, passed } = closing([
      { stage: 'lint', title: 'a', state: 'passed', detail: 'exit code 0' },
      { stage: 'e2e', title: 'b', state: 'passed', again: 'late' }
    ])
    expect(text).toBe('Passed at the second try, after this:\n  b\n    late\n\n2 passed, 0 failed')
    expect(passed).toBe(true)
  })

  it('is a failure when no test ran at all', () => {
    expect(closing([])).toMatchObject({ line: '0 passed, 0 failed', passed: false })
  })
})

describe('skips', () => {
  const skipped = (detail?: string) => [
    { stage: 'e2e', title: 'a', state: 'passed' as const },
    { stage: 'e2e', title: 'b', state: 'skipped' as const, ...(detail === undefined ? {} : { detail }) }
  ]

  it.each([
    '[package] swtpm is not installed',
    '[privilege] needs root',
    '[service] no docker daemon answers'
  ])('fail the run in CI for want of a package, a privilege or a service: %s', (reason) => {
    expect(closing(skipped(reason)).passed).toBe(true)
    expect(closing(skipped(reason), true)).toMatchObject({ line: '1 passed, 1 failed', passed: false })
  })

  it('for another system are excused in CI too', () => {
    expect(closing(skipped('[system] runs on Linux'), true).passed).toBe(true)
  })

  it('without a reason are failures everywhere', () => {
    expect(closing(skipped()).passed).toBe(false)
    expect(closing(skipped('flaky')).text).toContain('skip through test/requires.ts')
  })
})

describe("vitest's report", () => {
  const file = (assertionResults: unknown[], more = {}) => ({
    testResults: [
      { name: join(process.cwd(), 'src/a.spec.ts'), status: 'passed', message: '', assertionResults, ...more }
    ]
  })

  it('is read test by test, with the reason of each skip', () => {
    const report = file([
      assertion('one', 'passed'),
      assertion('two', 'failed'),
      assertion('three', 'skipped', { skipReason: '[service] no keychain' })
    ])
    expect(fromVitest('unit', write(report), bad)).toMatchObject([
      { title: 'src/a.spec.ts: one', state: 'passed' },
      { title: 'src/a.spec.ts: two', state: 'failed', detail: 'expected 1 to be 2' },
      { title: 'src/a.spec.ts: three', state: 'skipped', detail: '[service] no keychain' }
    ])
  })

  it('counts a file that could not be loaded', () => {
    const report = file([], { status: 'failed', message: 'Cannot find module' })
    expect(fromVitest('unit', write(report), bad)).toMatchObject([
      { state: 'failed', detail: 'Cannot find module' }
    ])
  })

  it('that is missing, cut off or empty is a failure, as is a bad end after good tests', () => {
    expect(fromVitest('unit', join(folder, 'none.json'), bad)).toMatchObject([{ state: 'failed' }])
    expect(fromVitest('unit', write('{"testResults": ['), good)).toMatchObject([{ state: 'failed' }])
    expect(fromVitest('unit', write({ testResults: [] }), good)).toMatchObject([{ state: 'failed' }])
    expect(fromVitest('unit', write(file([assertion('one', 'passed')])), bad)).toMatchObject([
      { state: 'passed' },
      { state: 'failed', detail: 'exit code 1' }
    ])
  })
})

it("reads Playwright's report through its nested suites", () => {
  const test = (status: string, more = {}) => ({ status, annotations: [], results: [], ...more })
  const report = {
    errors: [{ message: 'no such fixture' }],
    suites: [
      {
        title: 'phone.e2e.ts',
        specs: [{ title: 'blanks', tests: [test('expected')] }],
        suites: [
          {
            title: 'hub down',
            specs: [
              {
                title: 'delivers once',
                tests: [test('unexpected', { results: [{ error: { message: 'twice' } }] })]
              },
              { title: 'flaky', tests: [test('flaky', { results: [{ error: { message: 'late' } }, {}] })] },
              { title: 'slow', tests: [test('skipped', { results: [{ status: 'interrupted' }] })] },
              {
                title: 'tpm',
                tests: [test('skipped', { annotations: [{ type: 'skip', description: '[package] swtpm' }] })]
              }
            ]
          }
        ]
      }
    ]
  }
  const found = fromPlaywright('e2e', write(report), bad)
  expect(found).toHaveLength(6)
  expect(found).toEqual(
    expect.arrayContaining([
      expect.objectContaining({ title: 'phone.e2e.ts > blanks', state: 'passed' }),
      expect.objectContaining({
        title: 'phone.e2e.ts > hub down > delivers once',
        state: 'failed',
        detail: 'twice'
      }),
      expect.objectContaining({
        title: 'phone.e2e.ts > hub down > flaky',
        state: 'passed',
        again: 'late'
      }),
      expect.objectContaining({
        title: 'phone.e2e.ts > hub down > slow',
        state: 'failed',
        detail: 'cut off'
      }),
      expect.objectContaining({
        title: 'phone.e2e.ts > hub down > tpm',
        state: 'skipped',
        detail: '[package] swtpm'
      }),
      expect.objectContaining({ state: 'failed', detail: 'no such fixture' })
    ])
  )
})
