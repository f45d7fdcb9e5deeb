import type { CheckResult } from '../../core/check/check'
import { describeVerdict } from '../../core/integrity/alteration'
import type { PaceReason } from '../../core/observation/pace'
import { followsFrom } from './applications'
import { desktopChecks } from './desktop-checks'
import type { Facts } from './facts'

/** What main itself knows of the machine's checks, in the form that probes report in. */
export function ownChecks(facts: Facts): readonly CheckResult[] {
  return [
    cameraCheck(facts),
    paceCheck(facts),
    hubCheck(facts),
    ...vpnCheck(facts),
    ...applicationsCheck(facts),
    ...desktopChecks(facts),
    ...programCheck(facts),
    ...attestationCheck(facts)
  ]
}

/** A machine that cannot say what it is. One that can says so to the hub, which judges it: no check of its own then. */
function attestationCheck({ unattestable }: Facts): readonly CheckResult[] {
  if (unattestable === null) return []
  const evidence = `this machine cannot attest: ${unattestable}`.slice(0, 500)
  return [
    {
      id: 'attestation',
      area: 'device',
      state: 'error',
      evidence,
      ageMs: 0,
      remedy: 'remedy.attestation-failed'
    }
  ]
}

function cameraCheck({ camera }: Facts): CheckResult {
  const base = { id: 'camera', area: 'camera', ageMs: 0 } as const
  switch (camera.state) {
    case 'live': {
      const evidence = `${camera.width} × ${camera.height} at ${Math.round(camera.fps)} pictures a second`
      return { ...base, state: 'pass', evidence, remedy: '' }
    }
    case 'starting':
      return { ...base, state: 'unknown', evidence: 'the camera is being opened', remedy: '' }
    case 'lost':
      return { ...base, state: 'fail', evidence: camera.detail, remedy: `remedy.camera.${camera.reason}` }
  }
}

const evidenceOf: Readonly<Record<PaceReason, string>> = {
  heat: 'the computer is hot',
  slowed: 'its system slows the processor',
  battery: 'it runs on its battery'
}

/** Fewer looks keep every promise, so the check passes; its remedy says what would bring the usual pace back. */
function paceCheck({ pace: { pace, reasons } }: Facts): CheckResult {
  const base = { id: 'pace', area: 'camera', state: 'pass', ageMs: 0 } as const
  const [strongest] = reasons
  if (strongest === undefined) return { ...base, evidence: 'the camera is looked at as usual', remedy: '' }
  const why = reasons.map((reason) => evidenceOf[reason]).join('; ')
  return { ...base, evidence: `looks: ${pace}; ${why}`, remedy: `remedy.pace.${pace}.${strongest}` }
}

/** The program's own files. One that was never packaged has nothing to be held against, and says so at pre-flight. */
function programCheck({ program }: Facts): readonly CheckResult[] {
  const base = { id: 'program', area: 'device', ageMs: 0 } as const
  switch (program?.kind) {
    case undefined:
      return [{ ...base, state: 'unknown', evidence: 'its files are being read', remedy: '' }]
    case 'whole':
      return [{ ...base, state: 'pass', evidence: `${program.files} files as they were signed`, remedy: '' }]
    case 'not-packaged':
      return []
    case 'altered':
    case 'unverifiable':
      return [
        { ...base, state: 'fail', evidence: describeVerdict(program), remedy: 'remedy.program-altered' }
      ]
  }
}

/** Whether the hub answers. */
function hubCheck({ hub }: Facts): CheckResult {
  const base = { id: 'hub', area: 'network', ageMs: 0 } as const
  switch (hub.state) {
    case 'reachable':
      return { ...base, state: 'pass', evidence: 'the hub answers over its pinned connection', remedy: '' }
    case 'unreachable':
      return {
        ...base,
        state: 'fail',
        evidence: `no answer since ${hub.since}`,
        remedy: 'remedy.hub-unreachable'
      }
    case 'unknown':
      return { ...base, state: 'unknown', evidence: 'the hub was not asked yet', remedy: '' }
  }
}

/** Whether everything leaves by the VPN, where the policy asks for one. */
function vpnCheck({ vpn }: Facts): readonly CheckResult[] {
  if (vpn === null) return []
  const { policy, verdict } = vpn
  const enforcement = policy.response === 'blank' ? 'block' : 'report'
  const base = { id: 'vpn', area: 'network', ageMs: 0, enforcement } as const
  if (verdict === null)
    return [{ ...base, state: 'unknown', evidence: 'not looked at yet', remedy: 'remedy.vpn.waiting' }]
  const remedy = verdict.cause === null ? '' : `remedy.vpn.${verdict.cause}`
  return [{ ...base, state: verdict.state, evidence: verdict.evidence, remedy }]
}

/** What runs beside this program, where the policy asks. */
function applicationsCheck({ applications }: Facts): readonly CheckResult[] {
  if (applications === null) return []
  const { verdict } = applications
  const { denied, warned, unknown } = followsFrom(applications)
  const enforcement = denied || unknown ? 'block' : warned ? 'warn' : 'report'
  const base = { id: 'applications', area: 'device', ageMs: 0, enforcement } as const
  if (verdict === null)
    return [
      { ...base, state: 'unknown', evidence: 'not looked at yet', remedy: 'remedy.applications.waiting' }
    ]
  const { state, evidence } = verdict
  const remedy =
    state === 'pass' ? '' : state === 'fail' ? 'remedy.applications.found' : 'remedy.applications.unknown'
  return [{ ...base, state, evidence, remedy }]
}
