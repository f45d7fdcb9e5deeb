import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MemoryKeychain } from '../../../../test/courier/memory-keychain'
import type { Circumstances } from '../../../core/offline/admission'
import { OfflineDoor, type OfflineDoorOptions } from './door'
import { keychainGeneration } from './generation'
import { KeptFile } from './kept'

const HOUR = 3_600_000
const START = Date.UTC(2026, 5, 1)
const ana = { id: 'b3f0c7a6-0000-4000-8000-000000000001', name: 'Ana' }
const EMAIL = 'ana@care.example'
const PASSWORD = 'a long password'
const sealing = new Uint8Array(32).fill(7)
const device = 'b3f0c7a6-0000-4000-8000-0000000000aa'

let folder: string
let keychain: MemoryKeychain
let about: Circumstances
let problems: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'offline-'))
  keychain = new MemoryKeychain()
  problems = []
  about = {
    now: START,
    policy: { version: 4, hubGraceMs: 24 * HOUR, offlineSignIn: { maxHours: 8 } },
    program: 'a'.repeat(64),
    trusted: true
  }
})
afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function keptFile(of = device): KeptFile {
  return new KeptFile(folder, sealing, of, keychainGeneration(keychain))
}

/** The door as the next run of the client finds it. */
async function opened(file: OfflineDoorOptions['file'] = keptFile()): Promise<OfflineDoor> {
  const door = new OfflineDoor({ file, circumstances: () => about, problem: (label) => problems.push(label) })
  await door.open()
  return door
}
async function remembered(): Promise<OfflineDoor> {
  const door = await opened()
  await door.remember(ana, EMAIL, PASSWORD)
  return door
}
const path = (): string => join(folder, 'offline.sealed')

describe('D13 the way in without the hub', { timeout: 60_000 }, () => {
  it('D13 is open after a restart for who signed in last, and tells how long ago the hub confirmed them', async () => {
    await remembered()
    about = { ...about, now: START + 2 * HOUR }
    const door = await opened()
    expect(await door.signIn(' Ana@care.example', PASSWORD)).toEqual({
      kind: 'in',
      person: ana,
      confirmedMsAgo: 2 * HOUR
    })
    expect(await door.signIn(EMAIL, 'another')).toEqual({ kind: 'wrong' })
    expect(await door.signIn('bea@care.example', PASSWORD)).toEqual({ kind: 'wrong' })
    expect(problems).toEqual([])
  })

  it('D13 keeps neither password nor name nor address readable, and opens on no other workstation', async () => {
    await remembered()
    const bytes = readFileSync(path())
    for (const word of [PASSWORD, EMAIL, 'Ana', 'argon2']) expect(bytes.includes(word)).toBe(false)
    const other = await opened(keptFile('b3f0c7a6-0000-4000-8000-0000000000bb'))
    expect(await other.signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })
    expect(problems).toEqual(['offline.sealed was altered, or is another workstation’s'])
  })

  it('D13 counts wrong passwords over restarts, makes them wait, and forgets the person after ten', async () => {
    await remembered()
    const answers: string[] = []
    for (let tries = 0; tries < 10; tries += 1) {
      const door = await opened()
      answers.push((await door.signIn(EMAIL, 'wrong')).kind)
      // A right one does not count while the door waits.
      if (tries === 5) answers.push((await door.signIn(EMAIL, PASSWORD)).kind)
      about = { ...about, now: about.now + HOUR / 2 }
    }
    expect(answers.filter((one) => one === 'wrong')).toHaveLength(10)
    expect(answers[6]).toBe('wait')
    expect(await (await opened()).signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })
  })

  it('D13 is closed while the hub refuses to believe the workstation, after a restart too, until it does again', async () => {
    await (await remembered()).suspend(true)
    const door = await opened()
    expect(await door.signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })
    await door.suspend(false)
    expect(await door.signIn(EMAIL, PASSWORD)).toMatchObject({ kind: 'in' })
  })

  it('D13 remembers nobody where the policy does not allow it, the hub did not believe it, or it is distrusted', async () => {
    const door = await remembered()
    await door.remember(null, EMAIL, PASSWORD)
    expect(door.person).toBeNull()
    about = { ...about, trusted: false }
    await door.remember(ana, EMAIL, PASSWORD)
    about = { ...about, trusted: true, policy: { version: 4, hubGraceMs: 24 * HOUR } }
    await door.remember(ana, EMAIL, PASSWORD)
    expect((await opened()).person).toBeNull()
  })

  it('D13 forgets whom the hub says no to with the password that it kept, and nobody for another one', async () => {
    const door = await remembered()
    await door.contradicted(EMAIL, 'a slip of the finger')
    expect(door.person).toEqual(ana)
    await door.contradicted(EMAIL, PASSWORD)
    expect((await opened()).person).toBeNull()
  })

  it('D13 time that went by without the hub is not given back by a restart and a clock set back', async () => {
    const door = await remembered()
    about = { ...about, now: START + 8 * HOUR }
    await door.timePassed()
    about = { ...about, now: START + HOUR }
    expect(await (await opened()).signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })
  })

  it('D13 counts from when the hub last confirmed the person', async () => {
    const door = await remembered()
    about = { ...about, now: START + 6 * HOUR }
    await door.confirmed()
    about = { ...about, now: START + 13 * HOUR }
    expect(await (await opened()).signIn(EMAIL, PASSWORD)).toMatchObject({
      kind: 'in',
      confirmedMsAgo: 7 * HOUR
    })
  })

  it('D13 lets nobody in by a file with any byte changed, or with a disk that does not take the count', async () => {
    await remembered()
    const bytes = readFileSync(path())
    for (const at of [0, 1, 20, 40, bytes.length - 1]) {
      const changed = Buffer.from(bytes)
      changed[at] = (changed[at] ?? 0) ^ 1
      writeFileSync(path(), changed)
      expect(await (await opened()).signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })
    }
    await remembered()
    const file = keptFile()
    const full = await opened({
      read: () => file.read(),
      write: () => Promise.reject(new Error('ENOSPC')),
      remove: () => file.remove()
    })
    expect(await full.signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })
    expect(problems.at(-1)).toContain('ENOSPC')
  })

  it('D13 a copy that is put back brings back neither a forgotten person nor tries that were used up', async () => {
    const door = await remembered()
    const untried = readFileSync(path())
    expect(await door.signIn(EMAIL, 'wrong')).toEqual({ kind: 'wrong' })
    const tried = readFileSync(path())
    writeFileSync(path(), untried)
    expect(await (await opened()).signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })
    expect(problems).toEqual(['offline.sealed is an older copy, put back'])
    writeFileSync(path(), tried)
    expect(await (await opened()).signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })

    await (await remembered()).forget()
    for (const copy of [untried, tried]) {
      writeFileSync(path(), copy)
      expect(await (await opened()).signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })
    }
  })

  it('D13 a write that the disk held back does not outlive the removal that came after it', async () => {
    const file = keptFile()
    await (await opened(file)).remember(ana, EMAIL, PASSWORD)
    const read = await file.read()
    if (!read.ok || read.value === null) throw new Error('nothing kept')
    const late = file.write(read.value)
    await file.remove()
    await late
    expect(existsSync(path())).toBe(false)
  })

  it('D13 a keychain that does not answer closes the way in, and a write cut off before its number opens', async () => {
    await remembered()
    const before = new Map(keychain.secrets)
    const door = await opened()
    await door.suspend(true)
    await door.suspend(false)
    // As a crash leaves it: the file is a number ahead of the keychain.
    const number = Number(keychain.secrets.get('offline-generation'))
    keychain.secrets.set('offline-generation', String(number - 1))
    expect((await (await opened()).signIn(EMAIL, PASSWORD)).kind).toBe('in')
    expect(before.get('offline-generation')).toBe('1')
    keychain.behaviour = 'fails'
    expect(await (await opened()).signIn(EMAIL, PASSWORD)).toEqual({ kind: 'closed' })
  })
})
