import type { SettingId } from '../../core/lock-down/setting'
import { err, ok } from '../../core/result'
import type { Change, LockDown, Value, Where } from '../contract/lock-down'
import { garbled, SourceError } from '../contract/sources'

// Written from Apple's manual page defaults(1) and configuration reference; none of it has been run on a Mac.

const DEFAULTS = '/usr/bin/defaults'

/** One yes or no among the defaults of the person, for this computer (`-currentHost`) or any. */
function preference(domain: string, name: string, wanted: 'true' | 'false', thisHost = false): Change {
  const at = [...(thisHost ? ['-currentHost'] : [])]
  return {
    key: `defaults:${thisHost ? 'host' : 'any'}:${domain}:${name}`,
    wanted,
    read: (where) => read(where, at, domain, name),
    write: async (where, value) => {
      if (value === null && (await read(where, at, domain, name)) === null) return
      const words = value === null ? ['delete', domain, name] : ['write', domain, name, '-bool', value]
      const { code } = await where.ask(DEFAULTS, [...at, ...words])
      if (code !== 0)
        throw new SourceError('unusable', `defaults ${words[0] ?? ''} ended with ${String(code)}`)
    }
  }
}

/** `1` or `0`; defaults ends with 1 and says `does not exist` where there is none. */
async function read(where: Where, at: readonly string[], domain: string, name: string): Promise<Value> {
  const { code, output } = await where.ask(DEFAULTS, [...at, 'read', domain, name])
  if (code === 1 && output.includes('does not exist')) return null
  if (code !== 0) throw new SourceError('unusable', `defaults read ended with ${String(code)}`)
  const word = output.trim()
  if (word !== '0' && word !== '1') throw garbled('defaults')
  return word === '1' ? 'true' : 'false'
}

const HANDOFF = 'com.apple.coreservices.useractivityd'
const changes: Readonly<Partial<Record<SettingId, readonly Change[]>>> = {
  // The clipboard of a person's other devices comes by Handoff.
  'clipboard-history': [
    preference(HANDOFF, 'ActivityAdvertisingAllowed', 'false', true),
    preference(HANDOFF, 'ActivityReceivingAllowed', 'false', true)
  ],
  'removable-media': [preference('com.apple.ImageCapture', 'disableHotPlug', 'true', true)],
  // The window server lets in nobody else's programs.
  'display-access': []
}
const impossible: Readonly<Partial<Record<SettingId, string>>> = {
  screenshots: 'macOS reads these keys at sign-in; windows are kept out by content protection',
  'window-keys': 'macOS has no setting; the release takes them as a kiosk',
  notifications: 'macOS lets no program set a Focus',
  printing: 'macOS has no switch for printing',
  'user-switching': 'it is for a configuration profile to say',
  'run-dialog': 'macOS has no switch for Spotlight that can be put back',
  'screen-lock': 'it is for a configuration profile to say'
}
const all = Object.values(changes).flat()

export const darwinLockDown: LockDown = {
  changesFor: (setting) => {
    const known = changes[setting]
    return Promise.resolve(known === undefined ? err(impossible[setting] ?? 'not known on macOS') : ok(known))
  },
  changeOf: (key) => all.find((change) => change.key === key) ?? null,
  isGone: () => Promise.resolve(false),
  /** id(1): `name:********:501:20::0:0:Full Name:/Users/name:/bin/zsh`. */
  accountOf: async (uid, ask) => {
    const { code, output } = await ask('/usr/bin/id', ['-P', String(uid)])
    const [, , found, gid = '', , , , , home = ''] = output.trim().split(':')
    if (code !== 0 || found !== String(uid) || !/^\d+$/.test(gid) || !home.startsWith('/'))
      throw garbled('id')
    return { uid, gid: Number(gid), home }
  }
}
