import { unknown } from '../../../core/check/finding'
import { judgeScreenLock, type ScreenLockFacts } from '../../../core/check/judge/screen-lock'
import type { Check } from '../../contract/check'
import { garbled, ifThere, type Sources } from '../../contract/sources'
import { kdeGroup, type KdeValue } from './kconfig'

const GSETTINGS = '/usr/bin/gsettings'

/** Whether and when the desktop locks by itself: GNOME by gsettings, KDE by its file. Another desktop is not known. */
export const screenLock: Check = {
  name: 'screen-lock',
  pace: 'often',
  look: async (sources, rules) => {
    const desktop = (sources.variable('XDG_CURRENT_DESKTOP') ?? '').toLowerCase()
    const facts = /gnome|unity/.test(desktop)
      ? await gnome(sources)
      : desktop.includes('kde')
        ? await kde(sources)
        : null
    return facts === null
      ? unknown('this desktop does not say', 'remedy.screen-lock.unknown')
      : judgeScreenLock(facts, rules['screen-lock'])
  }
}

/** The screen goes dark after `idle-delay` and locks `lock-delay` later; 0 is never. Values are GVariant text. */
async function gnome(sources: Sources): Promise<ScreenLockFacts> {
  const get = async (schema: string, key: string): Promise<string> =>
    (await sources.tool(GSETTINGS, ['get', `org.gnome.desktop.${schema}`, key])).trim()
  const enabled = flag(await get('screensaver', 'lock-enabled'))
  const idle = seconds(await get('session', 'idle-delay'))
  const delay = seconds(await get('screensaver', 'lock-delay'))
  return { source: 'gnome', enabled, idleSeconds: idle === 0 ? null : idle + delay }
}

function flag(text: string): boolean {
  if (text !== 'true' && text !== 'false') throw garbled('gsettings')
  return text === 'true'
}

function seconds(text: string): number {
  const number = /^uint32 (\d{1,9})$/.exec(text)?.[1]
  if (number === undefined) throw garbled('gsettings')
  return Number(number)
}

const KDE_FILE = 'kscreenlockerrc'

/**
 * kscreenlockerrc, group Daemon: the person's own, above the one of the whole computer except where that is fixed. What
 * neither names has KDE's defaults: on, after 5 minutes, 5 seconds of grace.
 */
async function kde(sources: Sources): Promise<ScreenLockFacts | null> {
  const home = sources.variable('HOME')
  if (home === undefined) return null
  const groupOf = async (path: string): Promise<ReadonlyMap<string, KdeValue>> =>
    kdeGroup((await ifThere(sources.file(path)))?.text ?? '', 'Daemon', KDE_FILE)
  const own = await groupOf(`${home}/.config/${KDE_FILE}`)
  const everybodys = await groupOf(`/etc/xdg/${KDE_FILE}`)
  const value = (key: string, usual: string): string => {
    const general = everybodys.get(key)
    return (general?.fixed === true ? general : (own.get(key) ?? general))?.value ?? usual
  }
  const autolock = value('Autolock', 'true')
  const minutes = value('Timeout', '5')
  const grace = value('LockGrace', '5')
  if (!/^(true|false)$/.test(autolock) || !/^\d{1,5}$/.test(minutes) || !/^\d{1,5}$/.test(grace))
    throw garbled(KDE_FILE)
  const idle = Number(minutes) * 60
  return {
    source: 'kde',
    enabled: autolock === 'true',
    idleSeconds: idle === 0 ? null : idle + Number(grace)
  }
}
