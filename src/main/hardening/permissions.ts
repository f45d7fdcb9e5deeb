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
  /** The origin that may have the microphone in this contents; null for all but the softphone's tab. */
  readonly softphone: string | null
}

/**
 * Two things are ever allowed, to main frames alone: the camera to the sensor window on our own origin, and the microphone
 * to the softphone's tab on its application's. Names not known are denied.
 */
export function isAllowed(wish: PermissionWish): boolean {
  if (wish.permission !== 'media' || !wish.isMainFrame || wish.media.length === 0) return false
  if (wish.isSensor) {
    const own = wish.origin === ORIGIN || wish.origin === `${ORIGIN}/` || wish.origin === pageOf('sensor')
    return own && wish.media.every((kind) => kind === 'video')
  }
  return (
    wish.softphone !== null &&
    URL.canParse(wish.origin) &&
    new URL(wish.origin).origin === wish.softphone &&
    wish.media.every((kind) => kind === 'audio')
  )
}

export interface PermissionLock {
  /** Tells the sensor's window by its contents' id. */
  readonly isSensor: (contentsId: number) => boolean
  /** The origin that may have the microphone in a contents; null when nobody may. */
  readonly softphone: (contentsId: number) => string | null
  /** A contents asked for something that it may not have. */
  readonly denied: (contentsId: number, permission: string, media: readonly string[]) => void
}

/** Denies by default in every handler that a session has. */
export function lockPermissions(session: Session, { isSensor, softphone, denied }: PermissionLock): void {
  session.setPermissionRequestHandler((contents, permission, answer, details) => {
    const media = 'mediaTypes' in details ? (details.mediaTypes ?? []) : []
    const origin = 'securityOrigin' in details ? (details.securityOrigin ?? '') : ''
    const allowed = isAllowed({
      permission,
      origin: origin === '' ? details.requestingUrl : origin,
      isMainFrame: details.isMainFrame,
      media,
      isSensor: isSensor(contents.id),
      softphone: softphone(contents.id)
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
      isSensor: contents !== null && isSensor(contents.id),
      softphone: contents === null ? null : softphone(contents.id)
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
