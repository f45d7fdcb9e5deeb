import type { WindowApi } from '../../contract/ipc/derive'
import type { IpcSchema } from '../../contract/ipc/schema'
import { startCamera } from './camera/camera'
import { browserDevices } from './camera/devices'
import { watchedDevices } from './camera/watch-track'
import { wantedPicture } from './camera/wanted'
import { defaultSensorLimits } from '../../core/policy/default-sensor-limits'
import { rememberDistrust } from './eyes/distrust'
import { startEyes } from './eyes/eyes'

/**
 * Joins camera, eyes (the worker that looks) and bridge. Only numbers and states cross the bridge:
 * the picture stays in this window and its worker.
 */
export const startSensorPage = (document: Document, bridge: WindowApi<IpcSchema['sensor']>): void => {
  let preview = false
  const eyes = startEyes({
    createWorker: () => new Worker(new URL('./worker/worker.ts', import.meta.url), { type: 'module' }),
    cores: navigator.hardwareConcurrency,
    distrust: rememberDistrust(sessionStorage),
    observed: bridge.observe,
    fault: bridge.fault,
    ready: (backend, threads, slower) => noteBackend(document, backend, threads, slower),
    frameSeen: () => camera.frameSeen(),
    framesStopped: (reason) => camera.framesStopped(reason),
    wantFrames: () => camera.offerFrames()
  })
  const camera = startCamera({
    devices: watchedDevices(
      browserDevices(navigator.mediaDevices),
      (facts) => eyes.track(facts),
      () => performance.now()
    ),
    wanted: wantedPicture(defaultSensorLimits),
    state: bridge.camera,
    frames: (frames) => eyes.takeFrames(frames),
    picture: (stream) => showPicture(document, stream, () => preview)
  })

  bridge.settings((settings) => {
    preview = settings.preview
    camera.redraw()
    eyes.settings(settings)
    camera.want(wantedPicture(settings.limits))
  })
}

/** Puts the camera's picture into this window when a bench or the demo asks for it, and takes it out again. */
const showPicture = (document: Document, stream: MediaStream | null, wanted: () => boolean): void => {
  const video = document.querySelector<HTMLVideoElement>('#preview')
  if (!video) return
  const shown = wanted() ? stream : null
  video.hidden = shown === null
  if (video.srcObject === shown) return
  video.srcObject = shown
  // A refused or interrupted start of the preview changes no verdict: frames reach the worker without it.
  if (shown) void video.play().catch(() => undefined)
}

/** Leaves on the page what looks and why not faster, for tests and for whoever inspects a slow desk. */
const noteBackend = (
  document: Document,
  backend: string,
  threads: number,
  slower: readonly string[]
): void => {
  const { dataset } = document.documentElement
  dataset['backend'] = backend
  dataset['threads'] = String(threads)
  dataset['slower'] = slower.join(' ')
}
