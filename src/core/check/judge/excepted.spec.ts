import { expect, test } from 'vitest'
import { judgeRemoteControl } from './remote-control'
import { judgeUsbStorage } from './usb-storage'

test('a program that is excepted by name does not count as remote control, every other one does', () => {
  const facts = { programs: ['X11VNC.exe', 'systemd'], listening: [], session: [] }
  const rule = { programs: ['own-viewer'], except: ['x11vnc'] }
  expect(judgeRemoteControl(facts, { programs: [] }).state).toBe('fail')
  expect(judgeRemoteControl(facts, rule).state).toBe('pass')
  expect(judgeRemoteControl({ ...facts, programs: ['x11vnc', 'own-viewer'] }, rule).evidence).toBe(
    'own-viewer'
  )
  expect(judgeRemoteControl({ ...facts, listening: [5900] }, rule).state).toBe('fail')
})

test('a name that the kernel cut off is known by what is left of it', () => {
  const facts = { programs: ['acme-remote-hel'], listening: [], session: [] }
  expect(judgeRemoteControl(facts, { programs: ['acme-remote-helper'] }).state).toBe('fail')
  expect(judgeRemoteControl(facts, { programs: ['acme-remote-ham'] }).state).toBe('pass')
})

test('as many USB drives as may be there pass, one more does not', () => {
  expect(judgeUsbStorage(1, {}).state).toBe('fail')
  expect(judgeUsbStorage(1, { maxDrives: 1 })).toMatchObject({
    state: 'pass',
    evidence: '1 USB storage drive, of 1 that may be there'
  })
  expect(judgeUsbStorage(2, { maxDrives: 1 }).state).toBe('fail')
})
