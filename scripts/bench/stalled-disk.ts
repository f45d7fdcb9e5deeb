import { existsSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { memberOf } from '../stack/family'
import { until } from '../stack/wait'

/** A disk that can be stalled: a frozen file system where there is one, else a courier that is stopped mid-write. */
export interface StallableDisk {
  readonly kind: 'frozen-file-system' | 'stopped-courier'
  /** Where the workstation's data goes; null for anywhere. */
  readonly folder: string | null
  stall(workstationPid: number): Promise<void>
  resume(): Promise<void>
}

/** Root's wrapper (scripts/bench.mjs) offers a disk that it can freeze; without root the courier is stopped instead. */
export function stallableDisk(): StallableDisk {
  const folder = process.env['HAVENDESK_BENCH_DISK']
  const control = process.env['HAVENDESK_BENCH_CONTROL']
  if (folder === undefined || control === undefined) return stoppedCourier()
  return {
    kind: 'frozen-file-system',
    folder,
    stall: async () => {
      writeFileSync(join(control, 'freeze'), '')
      await until('the disk is frozen', 10_000, () => existsSync(join(control, 'frozen')))
    },
    resume: async () => {
      rmSync(join(control, 'freeze'), { force: true })
      await until('the disk is thawed', 10_000, () => !existsSync(join(control, 'frozen')))
    }
  }
}

function stoppedCourier(): StallableDisk {
  let pid: number | null = null
  return {
    kind: 'stopped-courier',
    folder: null,
    stall: (workstation) => {
      pid = memberOf(workstation, /courier/i).pid
      process.kill(pid, 'SIGSTOP')
      return Promise.resolve()
    },
    resume: () => {
      if (pid !== null) process.kill(pid, 'SIGCONT')
      return Promise.resolve()
    }
  }
}
