import { fail, pass, type Finding } from '../finding'

/** A camera as the system lists it. */
export interface CameraDevice {
  readonly name: string
  /** True when no hardware stands behind it, as the system says. */
  readonly virtual: boolean
}

/** Programs that give a picture for a camera's, by the names of their devices and drivers; in lower case. */
const virtualCameras = [
  'obs virtual',
  'obs-camera',
  'v4l2loopback',
  'v4l2 loopback',
  'dummy video device',
  'akvcam',
  'vivid',
  'droidcam',
  'iriun',
  'epoccam',
  'manycam',
  'xsplit vcam',
  'snap camera',
  'mmhmm',
  'camtwist',
  'e2esoft vcam',
  'unity video capture',
  'nvidia broadcast',
  'ndi virtual',
  'ndi video'
] as const

const virtualCameraIn = (name: string): boolean =>
  virtualCameras.some((known) => name.toLowerCase().includes(known))

/** Every camera is hardware, and no driver is loaded that makes others. `drivers`: names of those that were found. */
export function judgeCameras(cameras: readonly CameraDevice[], drivers: readonly string[]): Finding {
  const made = cameras.filter((camera) => camera.virtual || virtualCameraIn(camera.name))
  const found = [...made.map(({ name }) => name), ...drivers]
  return found.length > 0
    ? fail(found.slice(0, 8).join('; '), 'remedy.virtual-camera.found')
    : pass(`${cameras.length} cameras, all of them hardware`)
}
