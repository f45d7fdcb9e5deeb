import { randomBytes, randomUUID } from 'node:crypto'
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { Outbox } from './outbox'

const root = mkdtempSync(join(tmpdir(), 'outbox-flips-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

const sealing = randomBytes(32)
const COUNT = 30
const detail = (n: number): string => `record number ${n} ${'x'.repeat(n * 5)}`

/** A small seeded generator: the same places are hit in every run. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

async function template(name: string, settle: boolean): Promise<{ folder: string; boot: string }> {
  const live = join(root, `${name}-live`)
  cpSync(mkdtempSync(join(root, 'empty-')), live, { recursive: true })
  const boot = randomUUID()
  const opened = await Outbox.open(live, boot, sealing)
  if (!opened.ok) throw new Error(opened.error.detail)
  const { outbox } = opened.value
  for (let n = 0; n < COUNT; n += 1) {
    const written = outbox.append({
      at: '2026-01-01T00:00:00.000Z',
      monoMs: n,
      body: { kind: 'event', code: 'helper-died', detail: detail(n), count: 1 }
    })
    expect(written.ok).toBe(true)
  }
  if (settle) outbox.settle()
  // What a killed process leaves: database and log as they are now.
  const folder = join(root, name)
  cpSync(live, folder, { recursive: true })
  outbox.close()
  return { folder, boot }
}

/** `incomplete`: the newest are missing and nothing says so, all others are right. */
type Outcome = 'harmless' | 'detected' | 'incomplete' | 'wrong'

async function outcomeOf(folder: string, boot: string): Promise<Outcome> {
  const opened = await Outbox.open(folder, randomUUID(), sealing)
  if (!opened.ok) return 'detected' // refused: main says so on screen
  const { outbox, report } = opened.value
  const intact = new Set<number>()
  let damaged = report.untold
  for (;;) {
    const batch = outbox.nextBatch(200)
    if (!batch.ok) {
      damaged += 1
      break
    }
    if (batch.value === null) break
    for (const { seq, body } of batch.value.records) {
      if (body.kind !== 'event') return 'wrong'
      if (body.code === 'outbox-damaged') damaged += 1
      else if (batch.value.boot === boot && body.detail === detail(seq)) intact.add(seq)
      else return 'wrong'
    }
    outbox.acknowledge(batch.value.boot, (batch.value.records.at(-1)?.seq ?? 0) + 1)
  }
  outbox.close()
  if (intact.size === COUNT) return 'harmless'
  if (damaged > 0) return 'detected'
  return Math.max(-1, ...intact) === intact.size - 1 ? 'incomplete' : 'wrong'
}

async function flip(file: string, settle: boolean, places: number): Promise<Record<Outcome, number>> {
  const { folder, boot } = await template(`${file}-${settle}`, settle)
  const random = randomFrom(20_261_122)
  const outcomes = { harmless: 0, detected: 0, incomplete: 0, wrong: 0 }
  const size = readFileSync(join(folder, file)).length
  for (let n = 0; n < places; n += 1) {
    const copy = join(root, 'copy')
    cpSync(folder, copy, { recursive: true })
    const bytes = readFileSync(join(copy, file))
    // The first page holds the structure: it gets a third of the hits.
    const at = Math.floor(random() * (n % 3 === 0 ? Math.min(size, 4096) : size))
    bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8))
    writeFileSync(join(copy, file), bytes)
    const outcome = await outcomeOf(copy, boot)
    outcomes[outcome] += 1
    if (outcome === 'wrong') console.log(`wrong: byte ${at} of ${file}`)
    rmSync(copy, { recursive: true, force: true })
  }
  console.log(file, outcomes)
  return outcomes
}

describe('a flipped bit in the outbox', () => {
  it('is detected or harmless, in 400 places, once records are told as recorded', async () => {
    const { folder } = await template('emptied-log', true)
    const log = join(folder, 'outbox.sqlite-wal')
    expect(existsSync(log) ? readFileSync(log).length : 0).toBe(0)
    const outcomes = await flip('outbox.sqlite', true, 400)
    expect(outcomes).toMatchObject({ wrong: 0, incomplete: 0 })
  }, 120_000)

  it('never makes a wrong record of one that was not yet told as recorded', async () => {
    const outcomes = await flip('outbox.sqlite-wal', false, 150)
    expect(outcomes.wrong).toBe(0)
  }, 120_000)
})
