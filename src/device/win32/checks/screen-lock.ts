import { z } from 'zod'
import { judgeScreenLock } from '../../../core/check/judge/screen-lock'
import type { Check } from '../../contract/check'
import { powershell } from '../powershell'

const SCREEN_LOCK =
  "$d = Get-ItemProperty 'HKCU:\\Control Panel\\Desktop'; $g = 'HKCU:\\Software\\Policies\\Microsoft\\Windows\\Control Panel\\Desktop'; " +
  'if (Test-Path $g) { $p = Get-ItemProperty $g } else { $p = $null }; ' +
  '$first = { param($n) if ($p -and $null -ne $p.$n) { "$($p.$n)" } else { "$($d.$n)" } }; ' +
  "$m = (Get-ItemProperty 'HKLM:\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Policies\\System').InactivityTimeoutSecs; " +
  '@{ active = (& $first ScreenSaveActive); secure = (& $first ScreenSaverIsSecure); timeout = (& $first ScreenSaveTimeOut); ' +
  'machine = $m } | ConvertTo-Json -Compress'

/** The screen saver with a password, or the machine's limit of inactivity: whichever comes first. */
export const screenLock: Check = {
  name: 'screen-lock',
  pace: 'often',
  look: async (sources, rules) => {
    const flag = z.enum(['0', '1', ''])
    const schema = z.strictObject({
      active: flag,
      secure: flag,
      timeout: z.string().regex(/^\d{0,7}$/),
      machine: z.number().int().min(0).max(599_940).nullable()
    })
    const { active, secure, timeout, machine } = await powershell(sources, SCREEN_LOCK, schema)
    const saver = active === '1' && secure === '1' && Number(timeout) > 0 ? Number(timeout) : null
    const times = [saver, machine === 0 ? null : machine].filter((time) => time !== null)
    const idleSeconds = times.length === 0 ? null : Math.min(...times)
    return judgeScreenLock(
      { source: 'windows', enabled: idleSeconds !== null, idleSeconds },
      rules['screen-lock']
    )
  }
}
