import { randomBytes, randomUUID } from 'node:crypto'
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { RecordBody } from '../../../contract/wire/v1/device'
import { Outbox, type NewRecord } from './outbox'

const folders: string[] = []
const outboxes: Outbox[] = []
afterEach(() => {
  for (const outbox of outboxes.splice(0)) outbox.close()
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true })
})

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'outbox-'))
  folders.push(folder)
  return folder
}
const sealing = randomBytes(32)
const canary = 'canary-7d1f'
const record = (n: number): NewRecord => ({
  at: '2026-01-01T00:00:00.000Z',
  monoMs: n,
  body: { kind: 'event', code: 'helper-died', detail: `${canary} ${n}`, count: 1 }
})

async function open(folder: string, boot: string, key: Uint8Array = sealing) {
  const opened = await Outbox.open(folder, boot, key)
  if (!opened.ok) throw new Error(opened.error.detail)
  outboxes.push(opened.value.outbox)
  return opened.value
}
const fill = (outbox: Outbox, count: number): void => {
  for (let n = 0; n < count; n += 1) expect(outbox.append(record(n))).toEqual({ ok: true, value: n })
}
/** Everything that would be sent, boot by boot, acknowledging on the way. */
function drain(outbox: Outbox): { boot: string; seq: number; body: RecordBody }[] {
  const sent: { boot: string; seq: number; body: RecordBody }[] = []
  for (;;) {
    const batch = outbox.nextBatch(200)
    if (!batch.ok) throw new Error(batch.error.detail)
    if (batch.value === null) return sent
    for (const { seq, body } of batch.value.records) sent.push({ boot: batch.value.boot, seq, body })
    const last = batch.value.records.at(-1)
    outbox.acknowledge(batch.value.boot, (last?.seq ?? 0) + 1)
  }
}
/** Stops using an outbox as a killed process would: the file stays as it is. */
function crashCopy(folder: string): string {
  const copy = newFolder()
  cpSync(folder, copy, { recursive: true })
  return copy
}
const detailOf = (body: RecordBody): string => (body.kind === 'event' ? body.detail : '')

describe('the outbox', () => {
  it('gives back what was put in, in order, and forgets it once acknowledged', async () => {
    const folder = newFolder()
    const boot = randomUUID()
    const { outbox, report } = await open(folder, boot)
    expect(report).toEqual({ untold: 0, replaced: 0 })
    fill(outbox, 450)
    expect(outbox.waiting).toBe(450)
    const sent = drain(outbox)
    expect(sent.map(({ seq }) => seq)).toEqual(Array.from({ length: 450 }, (_, n) => n))
    expect(outbox.waiting).toBe(0)
  })

  it('keeps the sequence rising over a restart in the same run, also when all was acknowledged', async () => {
    const folder = newFolder()
    const boot = randomUUID()
    const first = await open(folder, boot)
    fill(first.outbox, 3)
    drain(first.outbox)
    first.outbox.close()
    const second = await open(folder, boot)
    expect(second.outbox.append(record(3))).toEqual({ ok: true, value: 3 })
  })

  it('never gives a request number twice, even after a crash', async () => {
    const folder = newFolder()
    const boot = randomUUID()
    const { outbox } = await open(folder, boot)
    const used = Array.from({ length: 25 }, () => outbox.nextRequest())
    const again = await open(crashCopy(folder), boot)
    const next = again.outbox.nextRequest()
    expect(next).toBeGreaterThan(Math.max(...used))
    expect(again.outbox.nextRequest()).toBeGreaterThan(next)
  })

  it('delivers earlier runs first, also of one that never said goodbye', async () => {
    const folder = newFolder()
    const [one, two, three] = [randomUUID(), randomUUID(), randomUUID()]
    const first = await open(folder, one)
    fill(first.outbox, 2)
    first.outbox.close()
    const second = await open(folder, two)
    fill(second.outbox, 2)
    const third = await open(crashCopy(folder), three)
    fill(third.outbox, 1)
    expect(drain(third.outbox).map(({ boot, seq }) => [boot, seq])).toEqual([
      [one, 0],
      [one, 1],
      [two, 0],
      [two, 1],
      [three, 0]
    ])
  })

  it('has no word of a record in any file', async () => {
    const folder = newFolder()
    const { outbox } = await open(folder, randomUUID())
    fill(outbox, 20)
    outbox.settle()
    for (const name of readdirSync(folder))
      expect(readFileSync(join(folder, name)).includes(canary)).toBe(false)
  })

  it('syncs every commit and says so', async () => {
    const folder = newFolder()
    const { outbox } = await open(folder, randomUUID())
    fill(outbox, 1)
    const database = Reflect.get(outbox, 'database') as DatabaseSyncInstance
    expect(database.prepare('PRAGMA synchronous').get()).toEqual({ synchronous: 2 })
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' })
  })

  it('refuses a second program on the same folder', async () => {
    const folder = newFolder()
    await open(folder, randomUUID())
    const second = await Outbox.open(folder, randomUUID(), sealing)
    expect(second).toMatchObject({ ok: false, error: { kind: 'refused' } })
  })

  it('knows a record that main sends again after a crash', async () => {
    const folder = newFolder()
    const boot = randomUUID()
    const { outbox } = await open(folder, boot)
    outbox.append(record(0), 'first')
    outbox.append(record(1), 'second')
    const again = await open(crashCopy(folder), boot)
    expect(again.outbox.seqOf('second')).toBe(1)
    expect(again.outbox.seqOf('third')).toBe(null)
  })

  it('tells of a damaged record in its own place and delivers the rest', async () => {
    const folder = newFolder()
    const boot = randomUUID()
    const { outbox } = await open(folder, boot)
    fill(outbox, 5)
    outbox.close()
    const raw = new DatabaseSync(join(folder, 'outbox.sqlite'))
    raw.exec('UPDATE record_v1 SET sealed = randomblob(120) WHERE seq = 2')
    raw.close()
    const again = await open(folder, randomUUID())
    expect(again.report).toMatchObject({ replaced: 1, untold: 0 })
    expect(again.outbox.isDoubtful(boot)).toBe(true)
    const sent = drain(again.outbox)
    expect(sent.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4])
    expect(sent[2]?.body).toMatchObject({ kind: 'event', code: 'outbox-damaged', count: 1 })
    expect(detailOf(sent[3]!.body)).toBe(`${canary} 3`)
  })

  it.each([
    ['deleted', 'DELETE FROM record_v1 WHERE seq = 4'],
    ['moved to another place', 'UPDATE record_v1 SET seq = 77 WHERE seq = 4'],
    ['put under another run', "UPDATE record_v1 SET boot = 'elsewhere' WHERE seq = 4"],
    [
      'swapped for an older one',
      'UPDATE record_v1 SET sealed = (SELECT sealed FROM record_v1 WHERE seq = 1) WHERE seq = 4'
    ]
  ])('notices that the newest record was %s', async (_what, sql) => {
    const folder = newFolder()
    const { outbox } = await open(folder, randomUUID())
    fill(outbox, 5)
    outbox.close()
    const raw = new DatabaseSync(join(folder, 'outbox.sqlite'))
    raw.exec(sql)
    raw.close()
    const again = await open(folder, randomUUID())
    expect(again.report.replaced).toBe(1)
    const sent = drain(again.outbox)
    expect(sent.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4])
    expect(sent[4]?.body).toMatchObject({ code: 'outbox-damaged' })
  })

  it('says that the memory of a run was lost, and still delivers its records', async () => {
    const folder = newFolder()
    const { outbox } = await open(folder, randomUUID())
    fill(outbox, 3)
    outbox.close()
    const raw = new DatabaseSync(join(folder, 'outbox.sqlite'))
    raw.exec('DELETE FROM record_v1 WHERE seq = -1')
    raw.close()
    const again = await open(folder, randomUUID())
    expect(again.report.untold).toBe(1)
    expect(drain(again.outbox)).toHaveLength(3)
  })

  it('sets a file aside that another key sealed, keeps it, and starts a new one', async () => {
    const folder = newFolder()
    const { outbox } = await open(folder, randomUUID())
    fill(outbox, 3)
    outbox.close()
    const again = await open(folder, randomUUID(), randomBytes(32))
    expect(again.report.untold).toBeGreaterThanOrEqual(3)
    expect(again.outbox.waiting).toBe(0)
    expect(readdirSync(folder).some((name) => name.startsWith('outbox.damaged-'))).toBe(true)
  })

  it.each([
    ['is no database', (path: string) => writeFileSync(path, randomBytes(9000))],
    [
      'lost its first page',
      (path: string) =>
        writeFileSync(path, Buffer.concat([randomBytes(4096), readFileSync(path).subarray(4096)]))
    ],
    ['is cut in half', (path: string) => truncateSync(path, 6000)]
  ])('sets a file aside that %s, keeps it, says so, and goes on', async (_what, spoil) => {
    const folder = newFolder()
    const { outbox } = await open(folder, randomUUID())
    fill(outbox, 40)
    outbox.close()
    spoil(join(folder, 'outbox.sqlite'))
    const again = await open(folder, randomUUID())
    expect(again.report.untold).toBeGreaterThanOrEqual(1)
    expect(readdirSync(folder).some((name) => name.startsWith('outbox.damaged-'))).toBe(true)
    expect(again.outbox.append(record(0))).toEqual({ ok: true, value: 0 })
  })

  it('finishes a rebuild that a crash cut off', async () => {
    const folder = newFolder()
    const boot = randomUUID()
    const { outbox } = await open(folder, boot)
    fill(outbox, 4)
    outbox.close()
    copyFileSync(join(folder, 'outbox.sqlite'), join(folder, 'outbox.sqlite.rebuilt'))
    rmSync(join(folder, 'outbox.sqlite'))
    const again = await open(folder, randomUUID())
    expect(drain(again.outbox)).toHaveLength(4)
    expect(existsSync(join(folder, 'outbox.sqlite.rebuilt'))).toBe(false)
  })

  it('keeps what it remembers when the file is damaged under its feet', async () => {
    const folder = newFolder()
    const boot = randomUUID()
    const { outbox } = await open(folder, boot)
    fill(outbox, 6)
    outbox.settle()
    const database = Reflect.get(outbox, 'database') as DatabaseSyncInstance
    database.exec('DELETE FROM record_v1 WHERE seq IN (3, 5)')
    expect(outbox.nextBatch(200)).toMatchObject({ ok: false, error: { kind: 'corrupt' } })
    expect(await outbox.recover()).toMatchObject({ ok: true, value: { replaced: 2 } })
    expect(outbox.append(record(6))).toEqual({ ok: true, value: 6 })
    const sent = drain(outbox)
    expect(sent.map(({ seq }) => seq)).toEqual([0, 1, 2, 3, 4, 5, 6])
    expect(sent.filter(({ body }) => detailOf(body).startsWith(canary))).toHaveLength(5)
  })

  it('numbers records anew from where the hub waits', async () => {
    const folder = newFolder()
    const boot = randomUUID()
    const { outbox } = await open(folder, boot)
    fill(outbox, 3)
    expect(outbox.renumber(boot, 10).ok).toBe(true)
    expect(outbox.append(record(9))).toEqual({ ok: true, value: 13 })
    expect(drain(outbox).map(({ seq, body }) => [seq, detailOf(body)])).toEqual([
      [10, `${canary} 0`],
      [11, `${canary} 1`],
      [12, `${canary} 2`],
      [13, `${canary} 9`]
    ])
  })
})
