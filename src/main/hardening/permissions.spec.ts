import { describe, expect, it } from 'vitest'
import { isAllowed, lockPermissions, type PermissionWish } from './permissions'

const camera: PermissionWish = {
  permission: 'media',
  origin: 'app://desk',
  isMainFrame: true,
  media: ['video'],
  isSensor: true
}

describe('permissions', () => {
  it('the sensor window has the camera', () => {
    expect(isAllowed(camera)).toBe(true)
  })

  it.each<[string, Partial<PermissionWish>]>([
    ['the microphone', { media: ['audio'] }],
    ['camera and microphone', { media: ['video', 'audio'] }],
    ['media of no kind', { media: [] }],
    ['another window', { isSensor: false }],
    ['a frame', { isMainFrame: false }],
    ['another origin', { origin: 'https://example.invalid' }],
    ['an origin that begins alike', { origin: 'app://desk.example' }],
    ['no origin', { origin: '' }]
  ])('denies %s', (_title, change) => {
    expect(isAllowed({ ...camera, ...change })).toBe(false)
  })

  it.each([
    'clipboard-read',
    'clipboard-sanitized-write',
    'display-capture',
    'fullscreen',
    'geolocation',
    'hid',
    'idle-detection',
    'keyboardLock',
    'mediaKeySystem',
    'midi',
    'midiSysex',
    'notifications',
    'openExternal',
    'pointerLock',
    'serial',
    'speaker-selection',
    'storage-access',
    'top-level-storage-access',
    'usb',
    'window-management',
    'fileSystem',
    'deprecated-sync-clipboard-read',
    'unknown',
    'a name of next year'
  ])('denies %s to the sensor too', (permission) => {
    expect(isAllowed({ ...camera, permission })).toBe(false)
  })
})

describe('C3 both handlers of a session deny', () => {
  type Ask = (contents: { id: number } | null, permission: string, third: unknown, details: object) => unknown
  const handlers = () => {
    let request: Ask = () => undefined
    let check: Ask = () => undefined
    const denied: string[] = []
    const ignore = (): void => undefined
    const session = {
      setPermissionRequestHandler: (one: Ask) => (request = one),
      setPermissionCheckHandler: (one: Ask) => (check = one),
      setDevicePermissionHandler: ignore,
      setBluetoothPairingHandler: ignore,
      setUSBProtectedClassesHandler: ignore,
      on: ignore
    }
    lockPermissions(session as never, {
      isSensor: (id) => id === 1,
      denied: (_id, permission, media) => denied.push([permission, ...media].join(' '))
    })
    const ask = (id: number, permission: string, media: readonly string[]): boolean[] => {
      const url = id === 1 ? 'app://desk/sensor/index.html' : 'https://records.example/'
      let asked = true
      const details = { requestingUrl: url, isMainFrame: true, mediaTypes: media }
      request({ id }, permission, (answer: boolean) => (asked = answer), details)
      const kind = { isMainFrame: true, mediaType: media[0] }
      return [asked, check({ id }, permission, new URL(url).href, kind) === true]
    }
    return { ask, denied, check: (...args: Parameters<Ask>) => check(...args) }
  }

  it('a tab everything, the camera too, and says so; the sensor everything but the camera', () => {
    const { ask, denied } = handlers()
    for (const permission of ['geolocation', 'clipboard-read', 'display-capture', 'a name of next year']) {
      expect(ask(2, permission, []), permission).toEqual([false, false])
      expect(ask(1, permission, []), permission).toEqual([false, false])
    }
    expect(ask(2, 'media', ['video'])).toEqual([false, false])
    expect(ask(2, 'media', ['audio'])).toEqual([false, false])
    expect(ask(1, 'media', ['audio'])).toEqual([false, false])
    expect(ask(1, 'media', ['video'])).toEqual([true, true])
    expect(denied).toContain('media video')
  })

  it('a contents that nobody knows has nothing', () => {
    const { check } = handlers()
    const details = { isMainFrame: true, mediaType: 'video' }
    expect(check(null, 'media', 'app://desk/sensor/index.html', details)).toBe(false)
  })
})
