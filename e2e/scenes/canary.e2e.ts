import { cpSync, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import keytar from 'keytar'
import { sql } from 'drizzle-orm'
import { closeQuietly, openDatabase } from '../../src/main/courier/outbox/database'
import { deriveKey } from '../../src/main/courier/seal'
import { openRecord, readRow } from '../../src/main/courier/outbox/sealed-row'
import { openStore } from '../../src/provision/index'
import { until } from '../../scripts/stack/wait'
import type { SceneFloor } from '../fixtures/floor'
import { expect, test } from '../fixtures/floor'
import { PATIENCE_MS } from '../fixtures/patience'
import { keysInKeychain, placesOfSecrets, processPlaces } from '../fixtures/secrets'
import { contentsOf, filesBelow, placesWith, placesWithPictures } from '../fixtures/search'
import { advocate } from '../../scripts/stack/seed'
import { tapWire } from '../fixtures/wire-tap'

const canary = 'Canary-0042-zimtstern-4711'

/** Every row of every table of the hub, as text. */
async function hubTables(scene: SceneFloor): Promise<Buffer> {
  const dataFolder = join(scene.folder, 'hub')
  const store = await openStore({ dataFolder, databaseUrl: process.env['DATABASE_URL'], as: 'visitor' })
  const { db } = store
  const tables = await db.execute<{ name: string }>(
    sql`select quote_ident(table_schema) || '.' || quote_ident(table_name) as name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema') and table_type = 'BASE TABLE'`
  )
  expect(tables.rows.length).toBeGreaterThan(5)
  const texts: string[] = []
  for (const { name } of tables.rows) {
    const rows = await db.execute<{ row: string }>(sql.raw(`select t::text as row from ${name} t`))
    texts.push(...rows.rows.map(({ row }) => row))
  }
  await store.close()
  return Buffer.from(texts.join('\n'))
}

/** The records that wait in the sealed outbox, opened with the key from the keychain. */
async function openedOutbox(data: string, copy: string): Promise<{ text: Buffer; records: number }> {
  mkdirSync(copy)
  for (const suffix of ['', '-wal', '-shm']) {
    if (existsSync(join(data, `outbox.sqlite${suffix}`))) {
      cpSync(join(data, `outbox.sqlite${suffix}`), join(copy, `outbox.sqlite${suffix}`))
    }
  }
  const root = Buffer.from((await keytar.getPassword('havendesk-test', 'outbox-key')) ?? '', 'base64url')
  const key = deriveKey(root, 'outbox')
  const database = openDatabase(join(copy, 'outbox.sqlite'))
  if (!database.ok) throw new Error(JSON.stringify(database.error))
  const rows = database.value.prepare('SELECT boot, seq, sealed FROM record_v1').all()
  const records = rows.flatMap((row) => {
    const sealed = readRow(row)
    const record = sealed === null ? null : openRecord(key, sealed)
    return record === null ? [] : [JSON.stringify(record)]
  })
  closeQuietly(database.value)
  return { text: Buffer.from(records.join('\n')), records: records.length }
}

test('G2, D6, F6 what is typed into the workspace, and what the camera sees, is nowhere but there', async ({
  scene
}) => {
  await scene.open()
  const hubData = join(scene.folder, 'hub')
  const tap = await tapWire(hubData, scene.floor.hub.devicePort)
  const ticket = await scene.floor.seeded.ticket('Demo Desk 1')
  const data = join(scene.folder, 'desk')
  await scene.layTicket({ ...ticket, hubUrl: `https://localhost:${String(tap.port)}` }, data)
  const output: Buffer[] = []
  const workstation = await scene.workstation('phone', data)
  workstation.app.process().stdout?.on('data', (piece: Buffer) => output.push(piece))
  workstation.app.process().stderr?.on('data', (piece: Buffer) => output.push(piece))
  await scene.atWork(workstation)
  const secrets: Record<string, string> = {
    ...(await keysInKeychain()),
    ticket: ticket.token,
    password: advocate(1).password
  }
  const processes = processPlaces(workstation.pid)
  expect(placesOfSecrets(secrets, processes)).toEqual([])

  const record = await workstation.page('http://127.0.0.1')
  await record.locator('#note').fill(canary)
  await record.locator('#notes').getByRole('button').first().click()
  await expect(record.getByText(canary)).toBeVisible()
  await record.locator('#note').fill(`${canary} not saved`)

  await scene.coveredFor(workstation, 'A phone is in view.')
  await scene.uncovered()
  // With the hub away the next alert stays in the outbox, where it can be looked at.
  await scene.floor.hub.kill()
  await scene.coveredFor(workstation, 'A phone is in view.')
  let copies = 0
  const outbox = await until(
    'an alert waits in the outbox',
    PATIENCE_MS,
    async () => {
      const opened = await openedOutbox(data, join(scene.folder, `outbox-copy-${String((copies += 1))}`))
      // So soon after the first one, the phone belongs to the same alert.
      return /alert-(raised|resumed)/.test(opened.text.toString('latin1')) && opened
    },
    200
  )
  await workstation.close()
  await scene.floor.hub.restart()

  const wire = tap.heard()
  expect(wire.toString('latin1')).toContain('/device/v1/sync')
  const messages = new Map<string, Buffer>([
    ['outbox, opened', outbox.text],
    ['wire to the hub', wire],
    ['hub tables', await hubTables(scene)],
    ['output', Buffer.concat(output)]
  ])
  const kept = filesBelow(data)
  expect(kept.length).toBeGreaterThan(2)
  expect(placesWith(canary, new Map([...messages, ...processes, ...contentsOf(kept)]))).toEqual([])
  // Ticket and password are told to the hub, within TLS; the keys go nowhere.
  const keys = { device: secrets['device key'] ?? '', outbox: secrets['outbox key'] ?? '' }
  expect(placesOfSecrets(keys, messages)).toEqual([])
  const places = [...messages, ...contentsOf(kept)].filter(([name]) => name !== 'wire to the hub')
  expect(placesOfSecrets(secrets, new Map(places))).toEqual([])
  // Chromium keeps no picture of ours; what it ships inside its own caches is not in this folder.
  expect(placesWithPictures(new Map([...messages, ...contentsOf(kept)]))).toEqual([])
  tap.close()
})
