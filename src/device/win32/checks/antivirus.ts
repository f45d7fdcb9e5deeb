import { z } from 'zod'
import { judgeAntivirus, type Product } from '../../../core/check/judge/antivirus'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'

const SCRIPT =
  '$d = $null; try { $m = Get-MpComputerStatus; $d = @{ on = [bool]($m.AntivirusEnabled -and $m.RealTimeProtectionEnabled); ' +
  'updated = $m.AntivirusSignatureLastUpdated.ToUniversalTime().ToString("o") } } catch { $d = $null }; ' +
  '$p = @(Get-CimInstance -Namespace root/SecurityCenter2 -ClassName AntiVirusProduct | ForEach-Object { ' +
  '$f = [Environment]::ExpandEnvironmentVariables("$($_.pathToSignedReportingExe)"); ' +
  '$s = $null; if (Test-Path -LiteralPath $f) { $s = Get-AuthenticodeSignature -LiteralPath $f }; ' +
  '@{ name = "$($_.displayName)"; state = [int]$_.productState; signed = [bool]($s -and [int]$s.Status -eq 0); ' +
  'signer = $(if ($s) { "$($s.SignerCertificate.Subject)" } else { "" }) } }); ' +
  'ConvertTo-Json -Compress -Depth 3 -InputObject @{ defender = $d; products = $p }'

const schema = z.strictObject({
  defender: z.strictObject({ on: z.boolean(), updated: z.iso.datetime({ offset: true }) }).nullable(),
  products: z
    .array(
      z.strictObject({
        name: z.string().min(1).max(120),
        state: z.number().int().nonnegative(),
        signed: z.boolean(),
        signer: z.string().max(400)
      })
    )
    .max(16)
})

/** Bits of WSC's productState: the part that watches is on; its signatures are not up to date. */
const ON = 0x1000
const STATE = 0xf000
const OUTDATED = 0x10

/**
 * Microsoft Defender by its own word, with the age of its signatures; other products by Windows Security Center. Anybody can
 * register there (es3n1n/defendnot does, with Microsoft's own task manager as its program): a product counts only with a
 * program that its maker signed, and that is not Microsoft. Bits: the WSC products of osquery, and IWscProduct.
 */
export const antivirus: Check = {
  name: 'antivirus',
  pace: 'seldom',
  look: async (sources, rules) => {
    const { defender, products } = await powershell(sources, SCRIPT, schema)
    const others = products
      .filter(({ name }) => !/^(Windows|Microsoft) Defender/.test(name))
      .map(({ name, state, signed, signer }): Product => {
        const genuine = signed && signer !== '' && !/O=Microsoft Corporation/.test(signer)
        return {
          name: name.slice(0, 60),
          running: (state & STATE) === ON && genuine,
          // WSC knows no age: what it calls up to date counts as of today.
          signatureAgeMs: (state & OUTDATED) === 0 ? 0 : Number.MAX_SAFE_INTEGER,
          signed: genuine
        }
      })
    const own: readonly Product[] =
      defender === null
        ? []
        : [
            {
              name: 'Microsoft Defender',
              running: defender.on,
              signatureAgeMs: sources.wallMs() - Date.parse(defender.updated),
              signed: true
            }
          ]
    return judgeAntivirus([...own, ...others], rules.antivirus)
  }
}
