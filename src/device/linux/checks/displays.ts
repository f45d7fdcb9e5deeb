import { judgeDisplays, type Display } from '../../../core/check/judge/displays'
import { unknown } from '../../../core/check/finding'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

/** Displays in use, with their places, as the X server has them (xrandr --query). Wayland does not tell. */
export const displays: Check = {
  name: 'displays',
  pace: 'often',
  look: async (sources, rules) => {
    if (
      sources.variable('XDG_SESSION_TYPE') === 'wayland' ||
      sources.variable('WAYLAND_DISPLAY') !== undefined
    ) {
      return unknown('a Wayland session does not tell', 'remedy.displays.unknown')
    }
    const listed = await sources.tool('/usr/bin/xrandr', ['--query'])
    // The X server of a Wayland session, whatever the environment says: what it shows is not what hangs there.
    if (/^XWAYLAND\d+ /m.test(listed))
      return unknown('a Wayland session does not tell', 'remedy.displays.unknown')
    return judgeDisplays(displaysIn(listed), rules.displays)
  }
}

const OUTPUT =
  /^(\S+) (connected|disconnected|unknown connection)(?: primary)?(?: (\d+)x(\d+)\+(-?\d+)\+(-?\d+))?/

/** `eDP-1 connected primary 1920x1080+0+0 (normal …) 344mm x 193mm`; modes are indented; an output without a place is dark. */
function displaysIn(text: string): readonly Display[] {
  const lines = text.split('\n').filter((line) => line !== '' && !/^\s/.test(line))
  const [screen, ...outputs] = lines
  if (screen === undefined || !/^Screen \d+: minimum /.test(screen)) throw garbled('xrandr')
  return outputs.flatMap((line): readonly Display[] => {
    const found = OUTPUT.exec(line)
    if (found === null) throw garbled('xrandr')
    const [, name = '', , width, height, x, y] = found
    if (width === undefined) return []
    // What the connectors of built-in panels are called in the kernel (drm_connector_enum_list).
    const builtIn = /^(eDP|LVDS|DSI|DPI)/i.test(name)
    return [
      { builtIn, x: Number(x), y: Number(y), width: Number(width), height: Number(height), mirrors: false }
    ]
  })
}
