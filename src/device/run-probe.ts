import { checkResultSchema, checkStateSchema, type CheckResult } from '../core/check/check'
import type { Probe, ProbeFinding } from './contract'

export const PROBE_TIMEOUT_MS = 5000
export const PROBE_MAX_BYTES = 64 * 1024

const MAX_EVIDENCE = 500

/** Holds a probe to its limits: a hang, an exception and an answer of the wrong shape are an `error`, never a pass. */
export async function runProbe(
  probe: Probe,
  timeoutMs = probe.timeoutMs ?? PROBE_TIMEOUT_MS
): Promise<CheckResult> {
  const abort = new AbortController()
  let timer: NodeJS.Timeout | undefined
  const timeUp = new Promise<'time-up'>((resolve) => {
    timer = setTimeout(() => resolve('time-up'), timeoutMs)
  })
  try {
    const running = probe.run({ timeoutMs, maxBytes: PROBE_MAX_BYTES, signal: abort.signal })
    const finding = await Promise.race([running, timeUp])
    if (finding === 'time-up') return failed(probe, `no answer within ${timeoutMs} ms`)
    return resultOf(probe, finding)
  } catch (error) {
    return failed(probe, error instanceof Error ? error.message : 'the check failed')
  } finally {
    clearTimeout(timer)
    abort.abort()
  }
}

function resultOf(probe: Probe, finding: ProbeFinding): CheckResult {
  const state = checkStateSchema.safeParse(finding.state)
  const result = checkResultSchema.safeParse({
    id: probe.id,
    area: probe.area,
    state: state.success ? state.data : 'error',
    evidence: typeof finding.evidence === 'string' ? printable(finding.evidence) : '',
    ageMs: finding.ageMs,
    remedy: finding.remedy
  })
  return result.success ? result.data : failed(probe, 'the check gave an answer of the wrong shape')
}

function failed(probe: Probe, evidence: string): CheckResult {
  return {
    id: probe.id,
    area: probe.area,
    state: 'error',
    evidence: printable(evidence),
    ageMs: 0,
    remedy: probe.remedy
  }
}

/** One line, bounded, without what a terminal or a page could take for more than text. */
function printable(text: string): string {
  return text
    .slice(0, MAX_EVIDENCE * 2)
    .replaceAll(/\p{C}+/gu, ' ')
    .slice(0, MAX_EVIDENCE)
}
