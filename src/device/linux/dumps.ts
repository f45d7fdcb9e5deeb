import koffi from 'koffi'

/** From <sys/resource.h> and <sys/prctl.h>. */
const RLIMIT_CORE = 4
const PR_SET_DUMPABLE = 4

/**
 * No core file: the limit holds for this process and what it starts from now on (the launcher sets it for the whole
 * tree). A system whose cores go to a program by a pipe does not ask the limit: a sealed process cannot be dumped at all.
 */
export function preventDumps(sealed: boolean): readonly string[] {
  try {
    const c = koffi.load(null)
    const setrlimit = c.func('int setrlimit(int resource, const uint64_t *limits)') as SetLimit
    const prctl = c.func(
      'int prctl(int option, unsigned long value, unsigned long, unsigned long, unsigned long)'
    )
    return [
      ...failed('setrlimit', setrlimit(RLIMIT_CORE, [0n, 0n])),
      ...(sealed ? failed('prctl', Number(prctl(PR_SET_DUMPABLE, 0, 0, 0, 0))) : [])
    ]
  } catch (error) {
    return [`core files cannot be prevented: ${error instanceof Error ? error.message : 'no C library'}`]
  }
}

type SetLimit = (resource: number, limits: readonly bigint[]) => number

const failed = (what: string, result: number): readonly string[] =>
  result === 0 ? [] : [`${what} failed (errno ${String(koffi.errno())})`]
