import { checkRulesOf } from '../../core/policy/checks'
import type { Logger } from '../log/logger'
import { Applications } from '../session/applications'
import type { BatteryReport } from '../session/battery-report'
import { systemClock as clock } from '../session/clock'
import type { Desk } from '../session/desk'
import type { Reach } from '../session/reach'
import type { Sequence } from './sequence'
import { probe, type ProbeHandle } from './steps/probe'

export interface ProbeParts {
  readonly programs: string
  readonly log: Logger
  readonly serviceSocket: string
  readonly reach: Reach
  readonly battery: BatteryReport
  readonly died: () => void
}

/** Starts the process that looks at the machine, and tells the desk, the way out and the battery what it says. */
export async function startProbe(
  sequence: Sequence,
  desk: Desk,
  { reach, battery, ...parts }: ProbeParts
): Promise<{ readonly probe: ProbeHandle; readonly applications: Applications }> {
  let handle: ProbeHandle | null = null
  const applications = new Applications({
    now: clock.now,
    serviceSocket: parts.serviceSocket,
    main: process.pid,
    post: (order) => handle?.post(order) ?? false,
    changed: (standing) => {
      desk.applications(standing)
    }
  })
  desk.step('service', 'working')
  handle = await sequence.perform(
    probe({
      ...parts,
      rules: () => checkRulesOf(desk.facts.policy),
      programsAllowed: () => desk.believed.applicationsHere,
      checks: (checks) => {
        desk.checks(checks)
      },
      onBattery: (onBattery) => {
        battery.heard(onBattery)
      },
      tunnel: (news) => {
        reach.vpn.heard(news)
      },
      applications: (news) => {
        applications.heard(news)
      },
      started: () => {
        reach.vpn.helperStarted()
        applications.helperStarted()
      }
    })
  )
  reach.probe = handle
  applications.helperStarted()
  return { probe: handle, applications }
}
