import { createHash, X509Certificate, type KeyObject } from 'node:crypto'
import { err, ok, type Result } from '../../../core/result'

/** An endorsement key whose maker the organisation trusts. */
export interface Endorsement {
  readonly publicKey: KeyObject
  /** SHA-256 of the certificate, hex. */
  readonly hash: string
  /** Subject of the trusted root. */
  readonly maker: string
}

/**
 * Follows an endorsement certificate (TCG EK Credential Profile) to a root that IT trusts. `chain` is the certificate
 * and those between, DER. Every signature, issuer and period on the way has to hold; the error says which did not.
 */
export function readEndorsement(
  chain: readonly Buffer[],
  roots: readonly string[],
  now: Date
): Result<Endorsement, string> {
  const certificates = chain.map(parse)
  const [leaf, ...between] = certificates
  if (leaf === null || leaf === undefined || between.includes(null)) {
    return err('a certificate cannot be read')
  }
  if (leaf.ca) return err('the endorsement certificate is one of an authority')
  const { publicKey } = leaf
  const bits = publicKey.asymmetricKeyDetails?.modulusLength
  if (publicKey.asymmetricKeyType !== 'rsa' || bits !== 2048) {
    return err('the endorsement key is not RSA with 2048 bits, which is what this hub can challenge')
  }
  const authorities = between.filter((one) => one !== null)
  const trusted = roots.map((pem) => new X509Certificate(pem))
  let subject = leaf
  for (let steps = 0; steps <= authorities.length; steps += 1) {
    if (!isWithin(subject, now)) return err(`the certificate of ${oneLine(subject.subject)} is not valid now`)
    const root = trusted.find((one) => isIssuedBy(subject, one) && isWithin(one, now))
    if (root !== undefined) {
      const hash = createHash('sha256').update(leaf.raw).digest('hex')
      return ok({ publicKey, hash, maker: oneLine(root.subject) })
    }
    const issuer = authorities.find((one) => one !== subject && isIssuedBy(subject, one))
    if (issuer === undefined) break
    subject = issuer
  }
  return err('it does not lead to a TPM maker that this organisation trusts')
}

const isIssuedBy = (subject: X509Certificate, issuer: X509Certificate): boolean =>
  issuer.ca && subject.checkIssued(issuer) && subject.verify(issuer.publicKey)

const isWithin = (one: X509Certificate, now: Date): boolean =>
  new Date(one.validFrom) <= now && now <= new Date(one.validTo)

const oneLine = (name: string): string => name.replaceAll(/\s+/g, ' ').trim().slice(0, 200)

function parse(der: Buffer): X509Certificate | null {
  try {
    return new X509Certificate(der)
  } catch {
    return null // the caller says that it cannot be read
  }
}
