import { X509Certificate } from 'node:crypto'
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ensureCertificate } from './authority'

const names = ['localhost', '127.0.0.1']
const start = new Date('2026-06-01T00:00:00Z')
const days = (n: number) => new Date(start.getTime() + n * 86_400_000)
let parent: string
let folder: string
beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'hd-tls-'))
  folder = join(parent, 'tls')
})
afterEach(() => rm(parent, { recursive: true, force: true }))

test('the first start makes an authority and a leaf that only their owner can read', async () => {
  const made = await ensureCertificate(folder, names, start)
  const [ca, leaf] = [new X509Certificate(made.ca), new X509Certificate(made.certificate)]
  expect(ca.ca).toBe(true)
  expect(leaf.ca).toBe(false)
  expect(leaf.verify(ca.publicKey)).toBe(true)
  expect(leaf.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1')
  expect((await stat(folder)).mode & 0o777).toBe(0o700)
  for (const file of ['ca.key', 'ca.crt', 'leaf.key', 'leaf.crt']) {
    expect((await stat(join(folder, file))).mode & 0o777).toBe(0o600)
  }
})

test('later starts keep both, until the leaf nears its end', async () => {
  const first = await ensureCertificate(folder, names, start)
  expect(await ensureCertificate(folder, names, days(50))).toEqual(first)
  const renewed = await ensureCertificate(folder, names, days(61))
  expect(renewed.ca).toBe(first.ca)
  expect(renewed.certificate).not.toBe(first.certificate)
})

test('a new host name, or a key that does not fit, makes a new leaf', async () => {
  const first = await ensureCertificate(folder, names, start)
  const more = await ensureCertificate(folder, [...names, 'hub.example'], start)
  expect(new X509Certificate(more.certificate).subjectAltName).toContain('DNS:hub.example')
  await writeFile(join(folder, 'leaf.key'), first.key)
  const mended = await ensureCertificate(folder, [...names, 'hub.example'], start)
  expect(mended.certificate).not.toBe(more.certificate)
  expect(await readFile(join(folder, 'leaf.key'), 'utf8')).toBe(mended.key)
})

test('an authority near its end stops the hub with what to do', async () => {
  await ensureCertificate(folder, names, start)
  await expect(ensureCertificate(folder, names, days(3600))).rejects.toThrow('near its end')
})
