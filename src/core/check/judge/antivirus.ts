import type { CheckRule } from '../../policy/checks'
import { fail, pass, unknown, type Finding } from '../finding'

/** One anti-virus product as it was found. */
export interface Product {
  readonly name: string
  /** True when the part that watches answers or is on; null when nobody can tell. */
  readonly running: boolean | null
  /** Age of the signatures by their own build date, milliseconds; null when there are none that can be read. */
  readonly signatureAgeMs: number | null
  /** False when nobody vouches for the signatures. */
  readonly signed: boolean
}

const DAY_MS = 86_400_000

/** At least one product is present, running, and has signatures that are signed and fresh. */
export function judgeAntivirus(products: readonly Product[], rule: CheckRule<'antivirus'>): Finding {
  const found = products.map((product) => judgeProduct(product, rule))
  return (
    found.find(({ state }) => state === 'pass') ??
    found.find(({ state }) => state === 'fail') ??
    found[0] ??
    fail('no anti-virus program found', 'remedy.antivirus.missing')
  )
}

function judgeProduct(product: Product, rule: CheckRule<'antivirus'>): Finding {
  const { name, running, signatureAgeMs, signed } = product
  if (signatureAgeMs === null) return fail(`${name}: no signatures`, 'remedy.antivirus.no-signatures')
  const days = Math.floor(signatureAgeMs / DAY_MS)
  if (!signed && !rule.allowUnsignedSignatures) {
    return fail(`${name}: signatures that nobody signed`, 'remedy.antivirus.unsigned')
  }
  if (signatureAgeMs > rule.maxSignatureAgeDays * DAY_MS) {
    return fail(`${name}: signatures ${days} days old`, 'remedy.antivirus.stale')
  }
  // A day ahead is a clock in another zone; more is a date that proves nothing.
  if (signatureAgeMs < -DAY_MS) {
    return unknown(`${name}: signatures from the future`, 'remedy.antivirus.unknown')
  }
  if (running === null) return unknown(`${name}: not known whether it runs`, 'remedy.antivirus.unknown')
  if (!running) return fail(`${name}: not running`, 'remedy.antivirus.not-running')
  return pass(`${name}: running, signatures ${Math.max(0, days)} days old`)
}
