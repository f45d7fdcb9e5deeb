import { readFileSync } from 'node:fs'
import { relative } from 'node:path'

/**
 * @typedef {{ stage: string, title: string, state: 'passed' | 'failed' | 'skipped', detail?: string, again?: string }} Result
 *   `detail`: why it failed, or why it was skipped; `again`: it passed at the second try, and why the first failed
 * @typedef {{ code: number, detail: string }} Ending how the stage's program ended
 */

/** A skip's reason starts with what is wanting, as test/requires.ts writes it; the last kind is nobody's omission. */
const wanting = /^\[(package|privilege|service|system)\] /
const excused = 'system'

/**
 * @param {string} stage @param {string} file vitest's JSON report @param {Ending} ending
 * @returns {Result[]}
 */
export function fromVitest(stage, file, ending) {
  return complete(stage, ending, () =>
    parse(file).testResults.flatMap(({ name, status, message, assertionResults }) => {
      const where = relative(process.cwd(), name)
      const tests = assertionResults.map(({ fullName, status: state, failureMessages, meta }) =>
        state === 'passed' || state === 'failed'
          ? { stage, title: `${where}: ${fullName}`, state, detail: failureMessages[0] }
          : { stage, title: `${where}: ${fullName}`, state: 'skipped', detail: meta?.skipReason }
      )
      const broken = status === 'failed' && !tests.some(({ state }) => state === 'failed')
      return broken
        ? [...tests, { stage, title: where, state: 'failed', detail: message || 'the file failed' }]
        : tests
    })
  )
}

/**
 * @param {string} stage @param {string} file Playwright's JSON report @param {Ending} ending
 * @returns {Result[]}
 */
export function fromPlaywright(stage, file, ending) {
  const states = { expected: 'passed', flaky: 'passed', unexpected: 'failed', skipped: 'skipped' }
  const walk = (suite, path) => [
    ...(suite.suites ?? []).flatMap((inner) => walk(inner, [...path, inner.title])),
    ...(suite.specs ?? []).flatMap((spec) =>
      spec.tests.map(({ status, annotations, results }) => {
        const title = [...path, spec.title].join(' > ')
        const cut = results.some((attempt) => attempt.status === 'interrupted')
        const state = cut ? 'failed' : (states[status] ?? 'failed')
        const detail =
          state === 'skipped'
            ? annotations.find(({ type }) => type === 'skip')?.description
            : (results.findLast(({ error }) => error)?.error.message ?? (cut ? 'cut off' : undefined))
        return state === 'passed' && status === 'flaky'
          ? { stage, title, state, again: detail ?? 'no reason given' }
          : { stage, title, state, detail }
      })
    )
  ]
  return complete(stage, ending, () => {
    const report = parse(file)
    const tests = report.suites.flatMap((suite) => walk(suite, [suite.title]))
    return [
      ...tests,
      ...report.errors.map(({ message }) => ({ stage, title: stage, state: 'failed', detail: message }))
    ]
  })
}

const parse = (file) => JSON.parse(readFileSync(file, 'utf8'))

/** A stage that left no report, ran nothing, or ended badly although all its tests passed, has failed. */
function complete(stage, { code, detail }, read) {
  const failure = (reason) => ({ stage, title: stage, state: 'failed', detail: reason })
  let found
  try {
    found = read()
  } catch {
    // No report, or half a report: the program was ended or broke before it could write one.
    return [failure(`no results (${detail})`)]
  }
  if (found.length === 0) return [failure(`no test ran (${detail})`)]
  if (code !== 0 && !found.some(({ state }) => state === 'failed')) return [...found, failure(detail)]
  return found
}

/**
 * Adds the results up. Every skip is listed with its reason; one without a reason is a failure, and so is, under
 * `noSkips`, one that a package, a privilege or a service would have prevented.
 * @param {readonly Result[]} results
 * @param {{ noSkips: boolean }} options
 * @returns {{ text: string, passed: boolean }} `text` ends with the line "N passed, N failed"
 */
export function judge(results, { noSkips }) {
  const judged = results.map((result) => {
    if (result.state !== 'skipped') return result
    const kind = wanting.exec(result.detail ?? '')?.[1]
    if (!kind)
      return { ...result, state: 'failed', detail: 'skipped without a reason; skip through test/requires.ts' }
    if (noSkips && kind !== excused)
      return { ...result, state: 'failed', detail: `skipped: ${result.detail}` }
    return result
  })
  const of = (state) => judged.filter((result) => result.state === state)
  const list = (heading, some) =>
    some.length > 0
      ? [heading, ...some.map(({ title, detail }) => `  ${title}\n    ${firstLines(detail)}`), '']
      : []
  const [passed, failed, skipped] = [of('passed'), of('failed'), of('skipped')]
  const again = passed.flatMap(({ again: detail, title }) =>
    detail === undefined ? [] : [{ title, detail }]
  )
  const counts = `${passed.length} passed, ${failed.length} failed`
  const lines = [
    ...list('Not run on this machine:', skipped),
    ...list('Passed at the second try, after this:', again),
    ...list('Failed:', failed),
    skipped.length > 0 ? `${counts}, ${skipped.length} skipped` : counts
  ]
  return { text: lines.join('\n'), passed: failed.length === 0 && passed.length > 0 }
}

const firstLines = (detail) => (detail ?? 'no reason given').split('\n').slice(0, 6).join('\n    ')
