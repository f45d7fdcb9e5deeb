import {
  compiledFor,
  judgeApplicationControl,
  judgeWanted,
  wantedOf,
  type Enforcer
} from '../../../core/check/judge/application-control'
import type { Check } from '../../contract/check'
import { garbled, ifThere, type Sources } from '../../contract/sources'

const FOLDER = '/etc/fapolicyd'
/** Where programs lie or can be put: a person may write in /run/user. What is mounted elsewhere is not looked at. */
const PLACES = /^\/$|^\/(?:usr|opt|home|run|srv|var|tmp|dev\/shm|mnt|media)(?:\/|$)/
/** File systems of the kernel's own, into which nobody puts a file. */
const KERNELS: ReadonlySet<string> = new Set(['nsfs', 'rpc_pipefs'])

/**
 * fapolicyd: its service runs, its settings let it stop programs wherever they can be put, and the rules that it was
 * started with begin with exactly those of the policy. The first rule that matches decides and ours decide everything,
 * so that rules behind them do not matter and a rule before them does.
 */
export const applicationControl: Check = {
  name: 'application-control',
  pace: 'often',
  look: async (sources, _rules, applications) => {
    const wanted = wantedOf(applications)
    if (wanted.kind !== 'rules') return judgeWanted(wanted) ?? judgeApplicationControl([])
    const settings = await ifThere(sources.file(`${FOLDER}/fapolicyd.conf`))
    if (settings === null) {
      // Without systemd nothing of it would run; that the folder is readable says that it is really not there.
      await sources.folder('/etc')
      return judgeApplicationControl([])
    }
    const { active, startedMs, onlyNotes } = await service(sources)
    const { permissive, watched } = settingsOf(settings.text)
    // With a file of the old name beside it, fapolicyd reads that one.
    const rules =
      (await ifThere(sources.file(`${FOLDER}/fapolicyd.rules`))) ??
      (await sources.file(`${FOLDER}/compiled.rules`))
    // What was taken away shows in its folder alone.
    const changedMs = Math.max(
      settings.modifiedMs,
      rules.modifiedMs,
      await sources.folderChangedMs(FOLDER),
      (await ifThere(sources.folderChangedMs(`${FOLDER}/rules.d`))) ?? 0
    )
    const compiled = compiledFor(wanted.applications, 'fapolicyd')
    return judgeApplicationControl([
      {
        name: 'fapolicyd',
        denials: compiled.denials,
        rules: whose(linesOf(rules.text), compiled),
        stops: active && !permissive && !onlyNotes,
        loaded: startedMs === null ? null : startedMs >= changedMs,
        gaps: unwatched((await sources.file('/proc/self/mountinfo')).text, watched)
      }
    ])
  }
}

/** `systemctl show` of a service that is not there says `inactive`; one that never ran has no time (systemctl(1)). */
async function service(sources: Sources): Promise<{
  readonly active: boolean
  readonly startedMs: number | null
  /** Its command line says so, whatever its settings say. */
  readonly onlyNotes: boolean
}> {
  const text = await sources.tool('/usr/bin/systemctl', [
    'show',
    'fapolicyd.service',
    '--timestamp=us+utc',
    '--property=ActiveState',
    '--property=ExecStart',
    '--property=ExecMainStartTimestamp'
  ])
  const state = /^ActiveState=([a-z-]+)$/m.exec(text)?.[1]
  const time = /^ExecMainStartTimestamp=(.*)$/m.exec(text)?.[1]
  if (state === undefined) throw garbled('systemctl')
  const active = state === 'active'
  const command = /^ExecStart=(.*)$/m.exec(text)?.[1] ?? ''
  // What a variable stands for is not told.
  if (active && (command === '' || command.includes('$'))) throw garbled('systemctl')
  const onlyNotes = command.includes('--permissive')
  // How a time that is not set is said differs from version to version.
  if (time === undefined || time === '' || time === 'n/a') return { active, startedMs: null, onlyNotes }
  const [, day, hours] = /^[A-Z][a-z]{2} (\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d\.\d{6}) UTC$/.exec(time) ?? []
  const startedMs = Date.parse(`${day ?? ''}T${hours ?? ''}Z`)
  if (Number.isNaN(startedMs)) throw garbled('systemctl')
  return { active, startedMs, onlyNotes }
}

/** fapolicyd.conf(5): `key = value`, and a `#` begins a comment. What is left out has fapolicyd's own default. */
function settingsOf(text: string): { readonly permissive: boolean; readonly watched: ReadonlySet<string> } {
  const values = new Map(
    linesOf(text).map((line) => {
      const [, key, value] = /^(\w+)\s*=\s*(\S+)$/.exec(line) ?? []
      if (key === undefined || value === undefined) throw garbled('fapolicyd.conf')
      return [key, value] as const
    })
  )
  const permissive = values.get('permissive')
  const watched = values.get('watch_fs')
  if (!/^[01]$/.test(permissive ?? '') || watched === undefined) throw garbled('fapolicyd.conf')
  return { permissive: permissive === '1', watched: new Set(watched.split(',')) }
}

const linesOf = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'))

function whose(
  lines: readonly string[],
  { enforced, noting }: { readonly enforced: string; readonly noting: string }
): Enforcer['rules'] {
  // Sets of names are no rules, wherever they stand.
  const rules = lines.filter((line) => !line.startsWith('%'))
  const beginsWith = (text: string): boolean => linesOf(text).every((line, index) => rules[index] === line)
  if (rules.length === 0) return 'none'
  if (beginsWith(enforced)) return 'ours'
  return beginsWith(noting) ? 'noting' : 'other'
}

/** Places whose kind of file system fapolicyd was not told to watch (proc_pid_mountinfo(5)). */
function unwatched(mounts: string, watched: ReadonlySet<string>): readonly string[] {
  const places = mounts
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, place, options, type] = /^\d+ \d+ \d+:\d+ \S+ (\/\S*) (\S+) .*?- (\S+) /.exec(line) ?? []
      if (place === undefined || options === undefined || type === undefined) throw garbled('mountinfo')
      return { place, type, runs: !options.split(',').includes('noexec') }
    })
  if (!places.some(({ place }) => place === '/')) throw garbled('mountinfo')
  return places
    .filter(({ place, type, runs }) => runs && PLACES.test(place) && !KERNELS.has(type) && !watched.has(type))
    .map(({ type }) => type)
    .filter((type, index, all) => all.indexOf(type) === index)
}
