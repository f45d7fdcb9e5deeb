import { judgeAntivirus, type Product } from '../../../core/check/judge/antivirus'
import type { Check } from '../../contract/check'
import { garbled, ifThere, type Sources } from '../../contract/sources'

const SIGNATURES = '/var/lib/clamav'

/** ClamAV as it is: its daemon answers, and its daily signatures are as old as their own header says. */
export const antivirus: Check = {
  name: 'antivirus',
  pace: 'seldom',
  look: async (sources, rules) => {
    const clamav = await clamAv(sources)
    return judgeAntivirus(clamav === null ? [] : [clamav], rules.antivirus)
  }
}

async function clamAv(sources: Sources): Promise<Product | null> {
  const names = await ifThere(sources.folder(SIGNATURES))
  if (names === null) {
    // Debian's packages make the folder: without it and without the scanner there is no ClamAV.
    const programs = await sources.folder('/usr/bin')
    if (!programs.includes('clamscan')) return null
  }
  const newest = ['daily.cld', 'daily.cvd', 'daily.cud'].find((name) => names?.includes(name) === true)
  const running = await answers(sources)
  if (newest === undefined) return { name: 'ClamAV', running, signatureAgeMs: null, signed: false }
  // sigtool and not `clamscan --version`, which believes any header without a look at the rest.
  // One that cannot be verified makes it end with an error.
  const { builtMs, signed } = infoOf(
    await sources.tool('/usr/bin/sigtool', [`--info=${SIGNATURES}/${newest}`])
  )
  return { name: 'ClamAV', running, signatureAgeMs: sources.wallMs() - builtMs, signed }
}

/** The daemon answers a ping on its socket; null when there is no tool to ask it with. */
async function answers(sources: Sources): Promise<boolean | null> {
  const reply = await ifThere(sources.ask('/usr/bin/clamdscan', ['--ping', '1']))
  return reply === null ? null : reply.code === 0 && /^PONG\s*$/m.test(reply.output)
}

/** `Build time: 12 Nov 2026 08:00 -0500`, and one line on whether the signature over the database is good. */
function infoOf(output: string): { readonly builtMs: number; readonly signed: boolean } {
  const time = /^Build time: (\d{1,2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}(?::\d{2})? [+-]\d{4})\s*$/m.exec(
    output
  )?.[1]
  const builtMs = time === undefined ? Number.NaN : Date.parse(time)
  if (Number.isNaN(builtMs)) throw garbled('sigtool')
  const signed = /^Verification OK\.?\s*$/m.test(output)
  if (!signed && !/^Verification: Unsigned container\s*$/m.test(output)) throw garbled('sigtool')
  return { builtMs, signed }
}
