import { GUARD_BEAT_MS, GUARD_LIMIT_MS, toGuardSchema, type FromGuard } from '../../contract/helper/guard'
import { listenToMain } from '../helper/listen'
import { descendantsOf, readProcess, readProcesses, type ProcessEntry } from './descendants'
import { GuardWatch } from './watch'

// The guard: a process of its own that ends a client whose main process no longer beats. It has no other duty, no file
// and no network. Its one argument is main's process id.
const main = Number(process.argv[2])
if (!Number.isInteger(main) || main <= 1)
  throw new Error('guard: the first argument is the process id of main')
const named = readProcess(main)

const watch = new GuardWatch({ limitMs: GUARD_LIMIT_MS, now: () => performance.now(), end })

listenToMain(process.parentPort, (data) => {
  const message = toGuardSchema.safeParse(data)
  if (!message.success) return
  if (message.data.kind === 'stand-down') {
    watch.standDown()
    return
  }
  watch.beat()
  process.parentPort.postMessage({ kind: 'watching' } satisfies FromGuard)
})
setInterval(() => {
  watch.look()
}, GUARD_BEAT_MS / 2)

/** Main first: with it the windows go. Then whatever it had started, but for the guard, which goes last. */
function end(): void {
  const children = descendantsOf(main, readProcesses()).filter(({ pid }) => pid !== process.pid)
  if (isSame(named)) kill(main)
  for (const child of children) {
    if (isSame(child)) kill(child.pid)
  }
  process.exit(0)
}

/** A process id may have passed to another process in the meantime; its start time has not. */
function isSame(entry: ProcessEntry | null): boolean {
  return entry === null || readProcess(entry.pid)?.startedAt === entry.startedAt
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    process.stderr.write(`guard: ${error instanceof Error ? error.message : 'kill failed'}\n`)
  }
}
