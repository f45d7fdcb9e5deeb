/**
 * Names under which programs present themselves as a camera, and what Chromium calls its own stand-ins. Written from
 * what such programs show in a camera list; a program that takes another name is not found by it.
 */
const virtualNames: readonly RegExp[] = [
  /virtual|dummy|loop ?back|v4l2loopback/i,
  /\bobs\b|obs-?camera/i,
  /manycam|xsplit|splitcam|webcamoid|akvcam|e2esoft|vcam|youcam|sparkocam|altercam|chromacam/i,
  /snap ?camera|mmhmm|camtwist|\becamm\b|prism ?live|\bndi\b|newtek|cammask|vmix|wirecast/i,
  /droidcam|iriun|epoccam|ivcam|reincubate|\bcamo\b|ip ?webcam|iphone|phone link/i,
  /nvidia broadcast|logi(tech)? capture|avatarify|deep ?face|facerig|animaze|vtube|unity video/i,
  /screen[ -]?capture|desktop capture|screen recorder/i,
  // Chromium's generated camera: `fake_device_0`.
  /^fake_device|^fake device/i
]
/** Chromium's file camera is named by the file's own path. */
const recordings = /^([a-z]:[\\/]|\/|\\\\).*\.(mjpeg|y4m)$/i

/** Chromium appends the USB vendor and product to the name: `HD Webcam (046d:0825)`. */
const usbId = /\([0-9a-f]{4}:[0-9a-f]{4}\)\s*$/i
/** Cameras that sit on no USB: in a laptop's lid or a phone's body. */
const builtInNames =
  /built-?in|integrated|facetime|internal|front camera|user facing|mipi|ipu[0-9]|surface camera/i

/** Whether the browser itself plays a file in place of a camera. */
export const isRecording = (label: string): boolean => recordings.test(label)

export const looksVirtual = (label: string): boolean =>
  isRecording(label) || virtualNames.some((name) => name.test(label))

/** Whether the name tells of a bus that a device sits on. */
export const namesBus = (label: string): boolean => usbId.test(label) || builtInNames.test(label)
