import type { ApplicationPolicy } from '../../src/core/application/policy'
import type { CheckResult } from '../../src/core/check/check'
import { checkRulesSchema } from '../../src/core/policy/checks'
import { probeOf } from '../../src/device/check-probe'
import type { Check } from '../../src/device/contract/check'
import { runProbe } from '../../src/device/run-probe'
import { machineSources } from '../../src/device/sources/machine-sources'
import { denying } from './denying'
import { LaidOutMachine, type MachineFacts } from './machine'

/** What a check says of a machine that is laid out for it, under rules of which only what differs is written. */
export async function lookAt(
  check: Check,
  facts: MachineFacts,
  rules: object = {},
  applications: ApplicationPolicy | null = denying
): Promise<CheckResult> {
  const machine = new LaidOutMachine(facts)
  try {
    await machine.listen()
    const { root, socket: serviceSocket } = machine
    const environment = { ...facts.environment }
    const settings = { rules: checkRulesSchema.parse({ [check.name]: rules }), applications }
    return await runProbe(
      probeOf(check, settings, (limits) => machineSources({ limits, serviceSocket, root, environment })),
      10_000
    )
  } finally {
    await machine.remove()
  }
}

/** A machine that is well, but for what is named; a source that is null is not there. */
export function but(well: MachineFacts | undefined, other: MachineFacts): MachineFacts {
  if (well === undefined) throw new Error('there is no such machine')
  return {
    ...well,
    ...other,
    files: { ...well.files, ...other.files },
    tools: { ...well.tools, ...other.tools },
    links: { ...well.links, ...other.links },
    environment: { ...well.environment, ...other.environment }
  }
}
