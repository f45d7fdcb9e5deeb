import { createPrivateKey, X509Certificate } from 'node:crypto'
import { chmod, mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import * as x509 from '@peculiar/x509'

/** What the device listener serves, PEM. `ca` is what workstations pin. */
export interface HubCertificate {
  readonly ca: string
  readonly certificate: string
  readonly key: string
}

const DAY_MS = 86_400_000
const CA_DAYS = 3650
const LEAF_DAYS = 90
/** A leaf is replaced when it has less than this left, milliseconds. */
const RENEW_BEFORE_MS = 30 * DAY_MS
const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

/**
 * The hub's own certificate authority and the certificate of its device listener, in `folder` (0700, files 0600).
 * Both are made at the first start. The leaf is made anew when it nears its end, or when `hostNames` has one it lacks.
 */
export async function ensureCertificate(
  folder: string,
  hostNames: readonly string[],
  now: Date
): Promise<HubCertificate> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await chmod(folder, 0o700)
  const ca = await ensureAuthority(folder, now)
  const found = await readPair(folder, 'leaf')
  const leaf =
    found !== null && (await stillGood(found, ca, hostNames, now))
      ? found
      : await makeLeaf(folder, ca, hostNames, now)
  return { ca: ca.certificate, certificate: leaf.certificate, key: leaf.key }
}

interface Pair {
  readonly certificate: string
  readonly key: string
}

async function ensureAuthority(folder: string, now: Date): Promise<Pair> {
  const found = await readPair(folder, 'ca')
  if (found !== null) {
    if (new x509.X509Certificate(found.certificate).notAfter.getTime() < now.getTime() + LEAF_DAYS * DAY_MS) {
      throw new Error(
        `The hub's certificate authority in ${folder} is near its end. Workstations pin it: plan their re-enrolment, ` +
          'then move the folder away and start the hub.'
      )
    }
    return found
  }
  const keys = await newKeys()
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=Havendesk hub ${crypto.randomUUID().slice(0, 8)}`,
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(now.getTime() + CA_DAYS * DAY_MS),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey)
    ]
  })
  return writePair(folder, 'ca', certificate, keys)
}

async function makeLeaf(folder: string, ca: Pair, hostNames: readonly string[], now: Date): Promise<Pair> {
  const keys = await newKeys()
  const issuer = new x509.X509Certificate(ca.certificate)
  const certificate = await x509.X509CertificateGenerator.create({
    subject: 'CN=Havendesk hub',
    issuer: issuer.subject,
    notBefore: new Date(now.getTime() - DAY_MS),
    notAfter: new Date(now.getTime() + LEAF_DAYS * DAY_MS),
    publicKey: keys.publicKey,
    signingKey: await readKey(ca.key),
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension(
        hostNames.map((name) => ({ type: isAddress(name) ? ('ip' as const) : ('dns' as const), value: name }))
      ),
      await x509.AuthorityKeyIdentifierExtension.create(issuer)
    ]
  })
  return writePair(folder, 'leaf', certificate, keys)
}

async function stillGood(leaf: Pair, ca: Pair, hostNames: readonly string[], now: Date): Promise<boolean> {
  if (!new X509Certificate(leaf.certificate).checkPrivateKey(createPrivateKey(leaf.key))) return false
  const certificate = new x509.X509Certificate(leaf.certificate)
  if (certificate.notAfter.getTime() - now.getTime() < RENEW_BEFORE_MS) return false
  if (!(await certificate.verify({ publicKey: new x509.X509Certificate(ca.certificate), date: now })))
    return false
  const names = certificate.getExtension(x509.SubjectAlternativeNameExtension)?.names.items ?? []
  return hostNames.every((name) => names.some((entry) => entry.value === name))
}

const isAddress = (name: string): boolean => /^[\d.]+$/.test(name) || name.includes(':')
const newKeys = () => crypto.subtle.generateKey(algorithm, true, ['sign', 'verify'])

async function readKey(pem: string): ReturnType<typeof crypto.subtle.importKey> {
  const der = x509.PemConverter.decodeFirst(pem)
  return crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign'])
}

async function readPair(folder: string, name: string): Promise<Pair | null> {
  const [certificate, key] = await Promise.all(
    ['crt', 'key'].map((kind) =>
      readFile(join(folder, `${name}.${kind}`), 'utf8').catch((error: unknown) => {
        if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
        throw error
      })
    )
  )
  return certificate == null || key == null ? null : { certificate, key }
}

async function writePair(
  folder: string,
  name: string,
  certificate: x509.X509Certificate,
  keys: Awaited<ReturnType<typeof newKeys>>
): Promise<Pair> {
  const der = await crypto.subtle.exportKey('pkcs8', keys.privateKey)
  const pair = { certificate: certificate.toString('pem'), key: x509.PemConverter.encode(der, 'PRIVATE KEY') }
  await writeSynced(join(folder, `${name}.key`), pair.key)
  await writeSynced(join(folder, `${name}.crt`), pair.certificate)
  return pair
}

/** Whole or not at all, readable by its owner alone. */
async function writeSynced(path: string, text: string): Promise<void> {
  const draft = `${path}.new`
  const file = await open(draft, 'w', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}
