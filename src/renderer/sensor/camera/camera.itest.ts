import { copyFileSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import sharp from 'sharp'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { drawClip } from '../../../../scripts/scene/draw'
import { random } from '../../../../scripts/scene/random'
import {
  removeBuild,
  startSensorRig,
  type SensorRig,
  type SensorRigOptions
} from '../../../../scripts/vision/sensor-rig'
import { slowClip } from '../../../../scripts/vision/slow-clip'
import { requires } from '../../../../test/requires'
import type { CameraVerdict } from '../../../core/observation/camera-truth'
import type { Observation } from '../../../core/observation/observation'
import { statedLossMs } from './stated'

let folder: string
let clip: string
let rig: SensorRig | null = null
const open = async (options: Partial<SensorRigOptions> = {}): Promise<SensorRig> => {
  rig = await startSensorRig({ clip, ...options })
  return rig
}

/** Processes that read the camera for the browser that plays this clip. */
const captureProcesses = (played: string): readonly number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const line = readFileSync(`/proc/${pid}/cmdline`, 'utf8')
        return line.includes('video_capture') && line.includes(played)
      } catch {
        // It ended while we looked.
        return false
      }
    })
    .map(Number)

const holds = (observations: readonly Observation[], verdict: CameraVerdict): boolean =>
  observations.some(({ camera }) => camera[verdict].state === 'holds')

/** A clip is one JPEG after the other; each ends with the bytes FF D9. */
const firstPicture = (bytes: Buffer): Buffer =>
  bytes.subarray(0, bytes.indexOf(Buffer.from([0xff, 0xd9])) + 2)

/** All pictures of a clip. */
const picturesIn = (bytes: Buffer): readonly Buffer[] => {
  const found: Buffer[] = []
  for (let rest = bytes; rest.length > 0; rest = rest.subarray(found.at(-1)?.length))
    found.push(firstPicture(rest))
  return found
}

/** Tape over the lens: near black, with a sensor's grain. */
const coveredClip = async (): Promise<Buffer> => {
  const chance = random(3)
  const frames = Array.from({ length: 60 }, () => {
    const data = new Uint8Array(640 * 480 * 3).map(() => 2 + 4 * chance.next())
    return sharp(data, { raw: { width: 640, height: 480, channels: 3 } })
      .jpeg({ quality: 90 })
      .toBuffer()
  })
  return Buffer.concat(await Promise.all(frames))
}

/** Notes in the page, on the wall clock, when a camera was asked for and what was said of it when. */
const timeline = `
  window.__times = []
  const note = (what) => window.__times.push({ what, at: performance.timeOrigin + performance.now() })
  const ask = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices)
  navigator.mediaDevices.getUserMedia = (...all) => {
    note('asked')
    if (window.__taken) return Promise.reject(new DOMException('Could not start video source', 'NotReadableError'))
    return ask(...all)
  }
  const told = window.havendesk.camera
  window.havendesk.camera = (state) => { note(state.reason ?? state.state); return told(state) }`
/** The camera that the browser has is another program's, as the browser tells it: this machine has no such camera. */
const taken = `window.__taken = true;${timeline}`

/** When the page said or did something for the first time after `since` (both on the wall clock, milliseconds). */
const saidAt = async (page: SensorRig['page'], what: string, since = 0): Promise<number> => {
  const times = await page.evaluate(
    () => (window as unknown as { __times: { what: string; at: number }[] }).__times
  )
  const found = times.find((one) => one.what === what && one.at >= since)
  if (!found) throw new Error(`${what} was not said: ${JSON.stringify(times)}`)
  return found.at
}

const isAnswered = ({ people }: Observation): boolean => people.state === 'counted'

describe('the camera of the sensor page in a real browser', { timeout: 120_000 }, () => {
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'havendesk-clips-'))
    // A copy, so that the processes which play it are ours.
    clip = join(folder, 'phone.mjpeg')
    copyFileSync(await drawClip({ out: resolve('.runtime/scene'), scene: 'phone' }), clip)
  })
  beforeEach((context) => {
    requires(context, 'linux', 'chromium', 'unprivileged')
  })
  afterEach(async () => {
    await rig?.close()
    rig = null
  })
  afterAll(async () => {
    await removeBuild()
    await rm(folder, { recursive: true, force: true })
  })

  it('shows the picture only when the settings ask for it, and then over the whole window', async () => {
    const shown = (page: SensorRig['page']) =>
      page.evaluate(() => {
        const video = document.querySelector('video')
        const { width, height } = video?.getBoundingClientRect() ?? { width: 0, height: 0 }
        return {
          filled: width === innerWidth && height === innerHeight,
          playing: (video?.readyState ?? 0) > 1
        }
      })
    const hidden = await open()
    await hidden.until('a live camera', ({ cameras }) => cameras.at(-1)?.state === 'live', 60_000)
    expect(await shown(hidden.page)).toEqual({ filled: false, playing: false })
    await hidden.close()
    const preview = await open({ settings: (settings) => ({ ...settings, preview: true }) })
    await preview.until('a live camera', ({ cameras }) => cameras.at(-1)?.state === 'live', 60_000)
    await expect.poll(() => shown(preview.page), { timeout: 10_000 }).toEqual({ filled: true, playing: true })
  })

  it('D5 calls a recording by its name, and says in its second round that it repeats', async () => {
    const clear = await drawClip({ out: resolve('.runtime/scene'), scene: 'clear' })
    const { until, heard } = await open({ clip: clear })
    await until('an observation', ({ observations }) => observations.length > 0, 60_000)
    await until('a virtual camera', ({ observations }) => holds(observations, 'virtual'))
    // The clip is ten seconds long.
    await until('a loop', ({ observations }) => holds(observations, 'looped'), 40_000)
    expect(holds(heard.observations, 'frozen')).toBe(false)
    expect(holds(heard.observations, 'covered')).toBe(false)
    expect(heard.faults).toEqual([])
  })

  it('D5 says that the picture stands still', async () => {
    const still = join(folder, 'still.mjpeg')
    const first = firstPicture(readFileSync(clip))
    // The file camera wants more than one picture.
    writeFileSync(still, Buffer.concat(Array.from({ length: 30 }, () => first)))
    const { until } = await open({ clip: still })
    await until('an observation', ({ observations }) => observations.length > 0, 60_000)
    await until('a frozen picture', ({ observations }) => holds(observations, 'frozen'))
  })

  it('D5 says that the lens is covered, and claims nothing about the room', async () => {
    const tape = join(folder, 'tape.mjpeg')
    writeFileSync(tape, await coveredClip())
    const { until, heard } = await open({ clip: tape })
    await until('an observation', ({ observations }) => observations.length > 0, 60_000)
    await until('a covered lens', ({ observations }) => holds(observations, 'covered'))
    expect(heard.observations.every(({ phone }) => phone.state === 'unknown')).toBe(true)
  })

  it('D5 says of a camera of one frame a second that it is too slow, and still says what it sees', async () => {
    const slow = join(folder, 'slow.y4m')
    // Every tenth picture, so that the scene moves on as it would before such a camera.
    const pictures = picturesIn(readFileSync(clip)).filter((_, index) => index % 10 === 0)
    writeFileSync(slow, await slowClip(pictures, 1))
    const { until, heard } = await open({ clip: slow })
    await until('an observation', ({ observations }) => observations.some(isAnswered), 60_000)
    await until('a weak camera', ({ observations }) => holds(observations, 'weak'), 30_000)
    const before = heard.observations.length
    await until('more of it', ({ observations }) => observations.slice(before).filter(isAnswered).length > 2)
    expect(holds(heard.observations, 'frozen')).toBe(false)
    expect(heard.faults).toEqual([])
  })

  it('D5 D7 says that there is no camera', async ({ annotate }) => {
    const { until, heard, page } = await open({ clip: null, before: timeline })
    await until('a lost camera', ({ cameras }) => cameras.some(({ state }) => state === 'lost'))
    expect(heard.cameras.at(-1)).toMatchObject({ state: 'lost', reason: 'none-found' })
    expect(heard.observations).toEqual([])
    const took = (await saidAt(page, 'none-found')) - (await saidAt(page, 'asked'))
    await annotate(`none-found after ${took.toFixed(0)} ms`)
    expect(took).toBeLessThan(statedLossMs['none-found'])
  })

  it('D5 D7 says that another program has the camera, and takes it when it is free', async ({ annotate }) => {
    const { until, heard, page } = await open({ before: taken })
    await until('a lost camera', ({ cameras }) => cameras.some(({ state }) => state === 'lost'))
    expect(heard.cameras.slice(0, 2)).toEqual([
      { state: 'starting' },
      { state: 'lost', reason: 'in-use', detail: 'NotReadableError: Could not start video source' }
    ])
    const took = (await saidAt(page, 'in-use')) - (await saidAt(page, 'asked'))
    await annotate(`in-use after ${took.toFixed(0)} ms`)
    expect(took).toBeLessThan(statedLossMs['in-use'])
    await page.evaluate(() => Object.assign(window, { __taken: false }))
    await until('a live camera', ({ cameras }) => cameras.at(-1)?.state === 'live', 60_000)
  })

  it('D5 D7 says that the camera gives no frames, or has ended, and finds it again by itself each time', async ({
    annotate
  }) => {
    const { until, heard, page } = await open({ before: timeline })
    await until('observations', ({ observations }) => observations.length > 3, 60_000)
    // Nothing is wrong yet, and nothing is said to be.
    expect(heard.cameras.map(({ state }) => state)).toEqual(['starting', 'live'])
    const losing = async (signal: 'SIGSTOP' | 'SIGKILL', reason: 'no-frames' | 'ended'): Promise<void> => {
      const capture = captureProcesses(clip)
      expect(capture).toHaveLength(1)
      const seen = heard.cameras.length
      const since = Date.now()
      for (const pid of capture) process.kill(pid, signal)
      await until('a lost camera', ({ cameras }) => cameras.slice(seen).some(({ state }) => state === 'lost'))
      expect(heard.cameras[seen]).toMatchObject({ state: 'lost', reason })
      const took = (await saidAt(page, reason, since)) - since
      await annotate(`${reason} after ${took.toFixed(0)} ms`)
      expect(took).toBeLessThan(statedLossMs[reason])
      if (signal === 'SIGSTOP') for (const pid of capture) process.kill(pid, 'SIGCONT')
      await until('a live camera again', ({ cameras }) => cameras.at(-1)?.state === 'live')
      const before = heard.observations.length
      await until('another observation', ({ observations }) => observations.length > before, 30_000)
    }
    await losing('SIGSTOP', 'no-frames')
    await losing('SIGKILL', 'ended')
  })
})
