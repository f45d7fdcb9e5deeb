import { describe, expect, it, vi } from 'vitest'
import { defaultSensorLimits, type SensorLimits } from '../../../core/policy/default-sensor-limits'
import { wantedPicture } from './wanted'
import { marksOfName, probeTrack, type ProbedTrack } from './probe'

/** A fake behind the browser's own interface: this machine has no such hardware. */
const track = (
  label: string,
  capabilities: object,
  settings: object = { width: 640, height: 480 },
  applyConstraints: ProbedTrack['applyConstraints'] = () => Promise.resolve(),
  limits: SensorLimits = defaultSensorLimits
): ProbedTrack => ({
  label,
  getCapabilities: () => capabilities,
  getSettings: () => settings,
  getConstraints: () => ({ ...wantedPicture(limits) }),
  applyConstraints
})
const sizes = { width: { min: 1, max: 1920 }, height: { min: 1, max: 1080 } }
const webcam = {
  ...sizes,
  exposureMode: ['manual', 'continuous'],
  brightness: { min: 0, max: 255, step: 1 }
}

describe('what a camera’s name says', () => {
  it.each([
    'OBS Virtual Camera',
    'OBS-Camera',
    'ManyCam Virtual Webcam',
    'Snap Camera',
    'Dummy video device (0x0000)',
    'XSplit VCam',
    'NVIDIA Broadcast',
    'DroidCam Source 3',
    'fake_device_0',
    '/tmp/loop.mjpeg',
    'C:\\clips\\loop.y4m'
  ])('D5 %s is the name of a program', (label) => {
    expect(marksOfName(label)).toContain('label')
  })

  it.each([
    'HD Pro Webcam C920 (046d:082d)',
    'Integrated Camera (04f2:b6be)',
    'FaceTime HD Camera (Built-in)',
    'Logitech BRIO (046d:085e)',
    'Surface Camera Front',
    'Lenovo 510 RGB Camera (17ef:4839)'
  ])('D5 %s is the name of a device, with its bus', (label) => {
    expect(marksOfName(label)).toEqual([])
  })
})

describe('probeTrack', () => {
  it('D5 finds nothing odd about a webcam', async () => {
    expect(await probeTrack(track('HD Webcam (046d:0825)', webcam))).toEqual([])
  })

  it('D5 marks a camera without bus, controls or another size', async () => {
    const bare = { width: { min: 1, max: 640 }, height: { min: 1, max: 480 }, frameRate: { max: 30 } }
    expect(await probeTrack(track('Camera', bare))).toEqual(['no-bus', 'no-controls', 'one-size'])
  })

  it('D5 does not blame a camera that gives its most because the policy asked for as much, and asks for it again', async () => {
    const applied = vi.fn(() => Promise.resolve())
    const most = { width: 1920, height: 1080, brightness: 128 }
    const limits = { minWidth: 1920, minHeight: 1080, minFps: 7 }
    expect(await probeTrack(track('HD Webcam (046d:0825)', webcam, most, applied, limits))).toEqual([])
    expect(applied).toHaveBeenCalledWith(expect.objectContaining({ width: { ideal: 1920 } }))
  })

  it('D5 marks a camera that refuses the value it says it has, and changes nothing by asking', async () => {
    const applied = vi.fn(() => Promise.reject(new DOMException('no', 'OverconstrainedError')))
    const settings = { width: 640, height: 480, brightness: 128 }
    expect(await probeTrack(track('HD Webcam (046d:0825)', webcam, settings, applied))).toEqual([
      'refuses-own-range'
    ])
    expect(applied).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ width: { ideal: 640 }, advanced: [{ brightness: 128 }] })
    )
  })
})
