import { describe, expect, it } from 'vitest'
import { isAllowed, type PermissionWish } from './permissions'

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
