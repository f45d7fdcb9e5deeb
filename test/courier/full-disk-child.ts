import { randomBytes, randomUUID } from 'node:crypto'
import { existsSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { RecordBody } from '../../src/contract/wire/v1/device'
import { Recorder } from '../../src/main/courier/outbox/recorder'

/** Fills the disk it is given, records into an outbox on it, frees the disk, and prints what happened as JSON. */
const folder = process.argv[2] ?? ''
const told = { recorded: [] as string[], refused: [] as string[] }
const recorder = new Recorder(
  {
    folder,
    boot: randomUUID(),
    sealing: randomBytes(32),
    now: () => new Date().toISOString(),
    monotonic: () => performance.now(),
    maxBacklogBytes: 20_000,
    retryMs: 100
  },
  {
    recorded: (handle) => told.recorded.push(handle),
    notRecorded: (handle) => told.refused.push(handle),
    waiting: () => undefined
  }
)
const at = '2026-01-01T00:00:00.000Z'
const alert = (): RecordBody => ({
  kind: 'alert-ended',
  end: { id: randomUUID(), endedAt: at, durationMs: 1, peakScore: 1, peakPeople: 0 }
})
const desk: RecordBody = { kind: 'desk', state: 'shown', reasons: [] }
let next = 0
const record = (kind: 'a' | 'd'): string => {
  const handle = `${kind}${next++}`
  recorder.record({ handle, at, monoMs: 0, body: kind === 'a' ? alert() : desk })
  return handle
}
const free = (): number => {
  const { bavail, bsize } = statfsSync(folder)
  return bavail * bsize
}
const fillers: string[] = []
const fillDisk = (): void => {
  for (let size = 1 << 20; size >= 4096; size >>= 1) {
    try {
      for (;;) {
        const path = join(folder, `filler-${fillers.length}`)
        fillers.push(path)
        writeFileSync(path, randomBytes(size))
      }
    } catch {
      continue // full for this size: smaller ones may still fit
    }
  }
}

async function run(): Promise<void> {
  const opened = await recorder.open()
  if (!opened.ok) throw new Error(opened.error.detail)
  for (let n = 0; n < 20; n += 1) record('a')
  const beforeFull = told.recorded.length
  fillDisk()
  const freeWhenFull = free()
  // The reserve is given up: alerts still reach the disk.
  for (let n = 0; n < 20; n += 1) record('a')
  const onReserve = told.recorded.length - beforeFull
  const reserveLeft = existsSync(join(folder, 'outbox.reserve'))
  fillDisk()
  // Now there is really nothing left: records wait in memory, desk states give way to alerts.
  const late: string[] = []
  for (let n = 0; n < 400 && told.refused.length < 150; n += 1) late.push(record(n % 2 === 0 ? 'd' : 'a'))
  const refused = told.refused.length
  const waiting = recorder.waiting
  for (const path of fillers) rmSync(path, { force: true })
  await new Promise((resolve) => setTimeout(resolve, 600))
  const alertsLost = late.filter((handle) => handle.startsWith('a') && !told.recorded.includes(handle)).length
  const desksLost = late.filter((handle) => handle.startsWith('d') && !told.recorded.includes(handle)).length
  const store = recorder.store
  const bodies: RecordBody[] = []
  for (;;) {
    const batch = store?.nextBatch(200)
    if (batch?.ok !== true || batch.value === null) break
    bodies.push(...batch.value.records.map(({ body }) => body))
    store?.acknowledge(batch.value.boot, (batch.value.records.at(-1)?.seq ?? 0) + 1)
  }
  const dropped = bodies.flatMap((body) =>
    body.kind === 'event' && body.code === 'records-dropped' ? [body.count] : []
  )
  await recorder.close()
  process.stdout.write(
    JSON.stringify({
      beforeFull,
      freeWhenFull,
      onReserve,
      reserveLeft,
      refused,
      waiting,
      alertsLost,
      desksLost,
      dropped: dropped.reduce((sum, count) => sum + count, 0),
      onDisk: bodies.length,
      recorded: told.recorded.length,
      handed: next
    })
  )
}
void run()
