import { judgeScreenLock } from '../../../core/check/judge/screen-lock'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

/** `screenLock delay is 300 seconds`, `… is immediate`, `… is off` or `… is -1 seconds` (sysadminctl), and the idle time of the screen saver. */
export const screenLock: Check = {
  name: 'screen-lock',
  pace: 'often',
  look: async (sources, rules) => {
    // It writes its answer to its second output.
    const { code, output } = await sources.ask('/usr/sbin/sysadminctl', ['-screenLock', 'status'])
    const found =
      /screenLock (?:delay )?is (immediate|off|-1(?:\.0+)? seconds|(\d+)(?:\.\d+)? seconds)\s*$/m.exec(output)
    if (found === null || code !== 0) throw garbled('sysadminctl')
    const idle = await sources.ask('/usr/bin/defaults', [
      '-currentHost',
      'read',
      'com.apple.screensaver',
      'idleTime'
    ])
    // A time that was never chosen is macOS's own: 20 minutes.
    if (idle.code === 0 && !/^\d{1,6}\s*$/.test(idle.output)) throw garbled('defaults')
    if (idle.code !== 0 && !/does not exist/.test(idle.output)) throw garbled('defaults')
    const seconds = idle.code === 0 ? Number(idle.output) : 1200
    const enabled = found[1] !== 'off' && found[1]?.startsWith('-') !== true
    const idleSeconds = seconds === 0 ? null : seconds + Number(found[2] ?? 0)
    return judgeScreenLock({ source: 'macos', enabled, idleSeconds }, rules['screen-lock'])
  }
}
