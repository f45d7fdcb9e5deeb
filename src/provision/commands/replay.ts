import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import { policyFor, type Policy } from '../../core/policy/policy'
import { describeProblem, readPolicy } from '../policy/author'
import { ProvisionError } from '../problem'
import { describeReport, reportOf } from '../replay/report'
import { replayFile } from '../replay/replay-file'
import { say } from './with-store'

interface ReplayFlags {
  readonly observations: string
  readonly policy: string
  readonly against?: string
  readonly team?: string
  readonly json?: true
}

/** `policy replay`: what a day of recorded looks would have been under other thresholds. */
export const replayCommand = (): Command =>
  new Command('replay')
    .description('Replay recorded looks under a policy, and compare with another one.')
    .requiredOption('--observations <file>', 'a recording of looks, one JSON document a line')
    .requiredOption('--policy <file>', 'the policy to try, YAML')
    .option('--against <file>', 'the policy to compare with, YAML')
    .option('--team <name>', 'judge as this team, with its own rules')
    .option('--json', 'print figures and alerts as JSON')
    .action(async (flags: ReplayFlags) => {
      const files = flags.against === undefined ? [flags.policy] : [flags.policy, flags.against]
      const policies = await Promise.all(files.map((file) => readRules(file, flags.team)))
      if (flags.json !== true && policies.some(({ sensor }) => sensor.room !== undefined))
        say('What the policy draws of a room is left out: recordings hold no positions.')
      const [run, against] = await replayFile(flags.observations, policies)
      if (run === undefined) throw new Error('a replay without a policy')
      const report = reportOf(run, against ?? null)
      say(flags.json === true ? JSON.stringify(report, null, 2) : describeReport(report))
    })

/** Only the rules count here, so what a draft does not say yet is filled in. */
const draft: Partial<Policy> = {
  organisation: 'Replay',
  version: 1,
  issuedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2036-01-01T00:00:00.000Z',
  workspace: { applications: [{ id: 'replay', title: 'Replay', url: 'https://replay.invalid/' }] }
}

async function readRules(file: string, team: string | undefined): Promise<Policy> {
  const text = await readFile(file, 'utf8').catch(() => {
    throw new ProvisionError(`${file} cannot be read.`)
  })
  const read = readPolicy(text, draft)
  if (read.ok) return team === undefined ? read.value : policyFor(read.value, team)
  throw new ProvisionError(read.error.map((problem) => `${file}: ${describeProblem(problem)}`).join('\n'))
}
