import type { Session } from 'electron'
import { ORIGIN, pageOf } from '../windows/page'

/** What is known about one wish for a permission, from either of Electron's two handlers. */
export interface PermissionWish {
  readonly permission: string
  readonly origin: string
  readonly isMainFrame: boolean
  /** Kinds of media asked for; empty when it is not about media. */
  readonly media: readonly string[]
  /** True when the asking contents is the sensor's own window. */
  readonly isSensor: boolean
}

/** One thing is ever allowed: the camera, to the sensor window's main frame on our own origin. Names not known are denied. */
export function isAllowed(wish: PermissionWish): boolean {
  return (
    wish.permission === 'media' &&
    wish.isSensor &&
    wish.isMainFrame &&
    (wish.origin === ORIGIN || wish.origin === `${ORIGIN}/` || wish.origin === pageOf('sensor')) &&
    wish.media.length > 0 &&
    wish.media.every((kind) => kind === 'video')
  )
}

export interface PermissionLock {
  /** Tells the sensor's window by its contents' id. */
  readonly isSensor: (contentsId: number) => boolean
  /** A contents asked for something that it may not have. */
  readonly denied: (contentsId: number, permission: string, media: readonly string[]) => void
}

/** Denies by default in every handler that a session has. */
export function lockPermissions(session: Session, { isSensor, denied }: PermissionLock): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const origin = 'securityOrigin' in details ? (details.securityOrigin ?? '') : ''
    const allowed = isAllowed({
      permission,
      origin: origin === '' ? details.requestingUrl : origin,
      isMainFrame: details.isMainFrame,
      media,
      isSensor: isSensor(contents.id)
    })
    if (!allowed) denied(contents.id, permission, media)
    answer(allowed)
  })
  session.setPermissionCheckHandler((contents, permission, requestingOrigin, details) =>
    isAllowed({
      permission,
      origin: requestingOrigin,
      isMainFrame: details.isMainFrame,
      media: details.mediaType === undefined ? [] : [details.mediaType],
      isSensor: contents !== null && isSensor(contents.id)
    })
  )
  session.setDevicePermissionHandler(() => false)
  session.setBluetoothPairingHandler((_details, answer) => {
    answer({ confirmed: false })
  })
  session.setUSBProtectedClassesHandler(({ protectedClasses }) => protectedClasses)
  session.on('select-hid-device', (event, _details, choose) => {
    event.preventDefault()
    choose(null)
  })
  session.on('select-serial-port', (event, _ports, _contents, choose) => {
    event.preventDefault()
    choose('')
  })
  session.on('select-usb-device', (event, _details, choose) => {
    event.preventDefault()
    choose()
  })
}
