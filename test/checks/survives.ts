import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { CheckName } from '../../src/core/check/names'
import type { CheckState } from '../../src/core/check/check'
import { defaultCheckRules } from '../../src/core/policy/checks'
import { probeOf } from '../../src/device/check-probe'
import type { Check } from '../../src/device/contract/check'
import { runProbe } from '../../src/device/run-probe'
import { machineSources } from '../../src/device/sources/machine-sources'
import { catalogue } from '../../src/ui/messages/catalogue'
import { denying } from './denying'
import { LaidOutMachine, troubles, type MachineFacts } from './machine'
import { textSources } from './text-sources'

/** Long enough for what answers, on a machine that does other things; a hang costs as much. */
const LIMIT_MS = 4000
const HANG_MS = 400
const settings = { rules: defaultCheckRules, applications: denying }
/** How often the probe runs its checks: src/main/startup/steps/probe.ts and probe-runner.ts. */
const OFTEN_MS = 30_000
const SELDOM_MS = 20 * OFTEN_MS

const machines: LaidOutMachine[] = []

async function lay(facts: MachineFacts): Promise<LaidOutMachine> {
  const machine = new LaidOutMachine(facts)
  machines.push(machine)
  await machine.listen()
  return machine
}

const stateOn = async (check: Check, machine: LaidOutMachine, limitMs = LIMIT_MS): Promise<CheckState> => {
  const environment = { ...machine.facts.environment }
  const { root, socket: serviceSocket } = machine
  const probe = probeOf(check, settings, (limits) =>
    machineSources({ limits, serviceSocket, root, environment })
  )
  const result = await runProbe(probe, limitMs)
  if (result.remedy !== '') expect(catalogue).toHaveProperty([result.remedy])
  return result.state
}

/** The promise D2 for every check of one system: what goes wrong with any source of theirs never ends in a pass. */
export function survivesEverything(
  system: string,
  checks: readonly Check[],
  well: Readonly<Partial<Record<CheckName, MachineFacts>>>
): void {
  afterEach(async () => {
    for (const machine of machines.splice(0)) await machine.remove()
  })

  describe(`D2: a check on ${system}`, () => {
    for (const check of checks) {
      const facts = well[check.name]
      it(`${check.name} is looked at again before its answer is stale`, () => {
        const { maxAgeMs } = defaultCheckRules[check.name]
        expect(maxAgeMs).toBeGreaterThan(2 * (check.pace === 'often' ? OFTEN_MS : SELDOM_MS))
      })

      it(`${check.name} passes on a computer that is well`, async () => {
        if (facts === undefined) throw new Error(`add a computer on which ${check.name} passes`)
        expect(await stateOn(check, await lay(facts))).toBe('pass')
      })
      if (facts === undefined) continue

      it(`${check.name} never passes on nothing at all`, async () => {
        expect(await stateOn(check, await lay({}))).not.toBe('pass')
      })

      it.each(troubles)(`${check.name} never passes when a source of its is %s`, async (trouble) => {
        const broken = sourcesOf(facts).filter(
          (source) => !(trouble === 'missing' ? facts.mayBeAbsent : facts.mayBeAnything)?.includes(source)
        )
        // Side by side: most of the time is spent waiting for what hangs.
        await Promise.all(
          broken.map(async (source) => {
            const machine = await lay(facts)
            await machine.break(source, trouble)
            const state = await stateOn(check, machine, trouble === 'hangs' ? HANG_MS : LIMIT_MS)
            expect(state, `${source} ${trouble}`).not.toBe('pass')
          })
        )
      })

      it(`${check.name} takes nothing for a pass but what is one`, async () => {
        // `yes` is all that a tool says which says yes.
        const valid = new Set(answersOf(facts).map((text) => text.trim()))
        const noise = fc.oneof(
          fc.string({ maxLength: 200 }),
          fc.json(),
          fc
            .array(fc.constantFrom('yes', 'true', '1', 'on', 'enabled', ':', '=', '\n', '{', '}', '"', ' '))
            .map((words) => words.join(''))
        )
        await fc.assert(
          fc.asyncProperty(noise, async (text) => {
            fc.pre(!valid.has(text.trim()))
            const probe = probeOf(check, settings, () => textSources(facts, text))
            expect((await runProbe(probe, LIMIT_MS)).state).not.toBe('pass')
          }),
          { numRuns: 150 }
        )
      })
    }
  })
}

/** Every source that could find itself in trouble. */
const sourcesOf = ({ files, tools, service }: MachineFacts): readonly string[] => [
  ...Object.keys(files ?? {}),
  ...Object.keys(tools ?? {}),
  ...(service === undefined ? [] : ['service'])
]

/** Everything that a source of the machine says, word for word. */
const answersOf = ({ files, tools }: MachineFacts): readonly string[] => [
  ...Object.values(files ?? {}),
  ...Object.values(tools ?? {}).flatMap((said) => (typeof said === 'string' ? [said] : Object.values(said)))
]
