import { readdirSync, readFileSync } from 'node:fs'

/** One process of the machine as /proc tells it. */
export interface ProcessEntry {
  readonly pid: number
  readonly parent: number
  /** Start time in clock ticks since boot: with the pid it names one process for good. */
  readonly startedAt: string
}

/** Reads one line of /proc/<pid>/stat. The name in it may hold spaces and brackets, so what counts follows the last one. */
export function parseStat(line: string): ProcessEntry | null {
  const open = line.indexOf(' (')
  const close = line.lastIndexOf(') ')
  if (open < 0 || close < 0) return null
  const fields = line.slice(close + 2).split(' ')
  const pid = Number(line.slice(0, open))
  const parent = Number(fields[1])
  const startedAt = fields[19]
  if (!Number.isInteger(pid) || !Number.isInteger(parent) || startedAt === undefined) return null
  return { pid, parent, startedAt }
}

/** Everything below `root`, parents before children. */
export function descendantsOf(root: number, all: readonly ProcessEntry[]): readonly ProcessEntry[] {
  const found: ProcessEntry[] = []
  const parents = new Set([root])
  for (let grew = true; grew;) {
    grew = false
    for (const entry of all) {
      if (parents.has(entry.parent) && !parents.has(entry.pid)) {
        parents.add(entry.pid)
        found.push(entry)
        grew = true
      }
    }
  }
  return found
}

/** All processes that can be read; empty where there is no /proc. */
export function readProcesses(): readonly ProcessEntry[] {
  let names: string[]
  try {
    names = readdirSync('/proc')
  } catch {
    return [] // no such folder: ending main alone has to do, its children follow when their pipes break
  }
  return names.filter((name) => /^\d+$/.test(name)).flatMap((pid) => readProcess(Number(pid)) ?? [])
}

/** One process, or null when it is gone or cannot be read. */
export function readProcess(pid: number): ProcessEntry | null {
  try {
    return parseStat(readFileSync(`/proc/${String(pid)}/stat`, 'utf8'))
  } catch {
    return null // ended in the meantime
  }
}
