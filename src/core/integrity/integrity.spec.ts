import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { verifyEd25519 } from '../../main/policy/verify'
import type { SigningKey } from '../trust/signed'
import {
  alterationSchema,
  alterationsBetween,
  describeAlteration,
  type Alteration,
  type FoundEntry
} from './alteration'
import { buildHash } from './build-hash'
import {
  openProgramManifest,
  programManifestSchema,
  programMessage,
  type ListedFile,
  type ProgramManifest
} from './manifest'

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex')
const listed = (path: string): ListedFile => ({ path, size: 1, sha256: hashOf(path) })
const there = (path: string, text = path): FoundEntry => ({
  path,
  content: { kind: 'file', sha256: hashOf(text) }
})

function signer() {
  const { privateKey } = generateKeyPairSync('ed25519')
  const { x = '' } = privateKey.export({ format: 'jwk' })
  const key: SigningKey = {
    keyId: createHash('sha256').update(Buffer.from(x, 'base64url')).digest('hex'),
    publicKey: x
  }
  return {
    key,
    envelope: (manifest: unknown, message = programMessage) => {
      const payload = Buffer.from(JSON.stringify(manifest))
      const signature = sign(null, message(payload), privateKey).toString('base64url')
      return {
        v: 1,
        type: 'havendesk-program',
        payload: payload.toString('base64url'),
        signatures: [{ keyId: key.keyId, signature }]
      }
    }
  }
}

const manifest: ProgramManifest = {
  schema: 1,
  version: '1.0.0',
  flavour: 'test',
  files: [listed('havendesk'), listed('resources/app.asar')],
  inside: [listed('main/index.cjs')]
}

describe('A2: the signed list of a program', () => {
  const own = signer()

  test('opens under the key that signed it, and under no other', () => {
    expect(openProgramManifest(own.envelope(manifest), own.key, verifyEd25519)).toEqual({
      ok: true,
      value: manifest
    })
    const other = openProgramManifest(signer().envelope(manifest), own.key, verifyEd25519)
    expect(other).toMatchObject({ ok: false, error: { kind: 'not-signed' } })
  })

  test('with any character of its bytes or of its signature changed is refused', () => {
    const envelope = own.envelope(manifest)
    fc.assert(
      fc.property(fc.nat(), fc.constantFrom('payload', 'signature'), (n, part) => {
        const [signature] = envelope.signatures
        const text = part === 'payload' ? envelope.payload : (signature?.signature ?? '')
        // The last character of base64url may carry unused bits; what it decodes to is then the same.
        const at = n % (text.length - 1)
        const bent = `${text.slice(0, at)}${text[at] === 'A' ? 'B' : 'A'}${text.slice(at + 1)}`
        const changed =
          part === 'payload'
            ? { ...envelope, payload: bent }
            : { ...envelope, signatures: [{ keyId: own.key.keyId, signature: bent }] }
        expect(openProgramManifest(changed, own.key, verifyEd25519).ok).toBe(false)
      }),
      { numRuns: 200 }
    )
  })

  test('is no policy: a signature without its mark does not count', () => {
    const unmarked = own.envelope(manifest, (bytes) => bytes)
    expect(openProgramManifest(unmarked, own.key, verifyEd25519)).toMatchObject({
      ok: false,
      error: { kind: 'not-signed' }
    })
  })

  test.each(['../x', '/etc/passwd', 'a//b', './a', 'a/../b', 'a\\b', 'C:x', '', 'a/'])(
    'names no file outside the folder: %j',
    (path) => {
      const files = [{ ...listed('a'), path }]
      expect(programManifestSchema.safeParse({ ...manifest, files }).success).toBe(false)
    }
  )

  test.each([null, 'text', {}, { v: 1 }, { ...own.envelope(manifest), more: 1 }])(
    'of another form is refused with its field: %j',
    (document) => {
      expect(openProgramManifest(document, own.key, verifyEd25519)).toMatchObject({
        ok: false,
        error: { kind: 'unreadable' }
      })
    }
  )
})

describe('A2: what is found against the list', () => {
  test('as it is listed is whole', () => {
    expect(
      alterationsBetween(
        manifest.files,
        manifest.files.map(({ path }) => there(path))
      )
    ).toEqual([])
  })

  test('changed, added, missing and a link are told apart, each by its path', () => {
    const found: FoundEntry[] = [
      there('havendesk', 'other bytes'),
      there('libextra.so'),
      { path: 'locales', content: { kind: 'other', what: 'a link' } }
    ]
    const alterations = alterationsBetween([...manifest.files, listed('locales')], found)
    expect(alterations.map(({ kind, path }) => [kind, path])).toEqual([
      ['changed', 'havendesk'],
      ['added', 'libextra.so'],
      ['changed', 'locales'],
      ['missing', 'resources/app.asar']
    ])
    expect(alterations.every((one) => alterationSchema.safeParse(one).success)).toBe(true)
  })

  test('one line names file, expectation and finding, within what an event may hold', () => {
    const path = `${'a'.repeat(250)}/app.asar > ${'b'.repeat(100)}.cjs`
    const alterations: readonly Alteration[] = [
      { kind: 'changed', path, expected: 'e'.repeat(16), found: 'f'.repeat(16) },
      { kind: 'missing', path, expected: 'e'.repeat(16) },
      { kind: 'added', path, found: 'a link' }
    ]
    for (const one of alterations) {
      expect(describeAlteration(one).length).toBeLessThanOrEqual(200)
      expect(describeAlteration(one)).toContain('.cjs')
    }
  })

  test('any set of files that is not the listed one has an alteration, and only then another build hash', () => {
    const files = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd/e'), fc.constantFrom('1', '2')), {
      selector: ([path]) => path,
      minLength: 1
    })
    fc.assert(
      fc.property(files, files, (one, other) => {
        const list = one.map(([path, text]) => ({ path, size: 1, sha256: hashOf(text) }))
        const found = other.map(([path, text]) => there(path, text))
        const same = JSON.stringify([...one].sort()) === JSON.stringify([...other].sort())
        expect(alterationsBetween(list, found).length === 0).toBe(same)
        const measured = other.map(([path, text]) => ({ path, sha256: hashOf(text) }))
        expect(buildHash(list) === buildHash(measured)).toBe(same)
      })
    )
  })
})
