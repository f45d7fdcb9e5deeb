import { probeOf } from './check-probe'
import { serviceUptime } from './checks/service-uptime'
import type { CheckSettings, Device, Platform, Probe } from './contract'
import { LockDownLink } from './lock-down-link'
import { darwin } from './darwin/platform'
import { linux } from './linux/platform'
import { measureProgram } from './measure-program'
import { applicationFolderOf } from './program/application-folder'
import { inspectProgram } from './program/inspect'
import { runProbe } from './run-probe'
import { machineSources } from './sources/machine-sources'
import { programFiles } from './program-files'
import { tunnelPeers } from './tunnel-peers'
import { win32 } from './win32/platform'

const platforms: Partial<Record<NodeJS.Platform, Platform>> = { linux, win32, darwin }

/** The system this runs on, for what needs to know no more than its name. */
export const operatingSystem: NodeJS.Platform = process.platform

/** The machine this runs on. Throws on an operating system that Havendesk does not know. */
export function chooseDevice(): Device {
  const platform = platforms[process.platform]
  if (platform === undefined) {
    throw new Error(`Havendesk runs on Linux, Windows and macOS, not on ${process.platform}`)
  }
  return deviceOn(platform)
}

/** The machine with a given platform: what tests and `chooseDevice` share. */
export function deviceOn(platform: Platform): Device {
  return {
    platform,
    measureProgram,
    inspectProgram: (archive, manifest, pause) =>
      inspectProgram(applicationFolderOf(archive), manifest, pause),
    tunnelPeers,
    programFiles,
    lockDown: (options) => new LockDownLink(options),
    runChecks: (settings) => Promise.all(probesFor(platform, settings).map((probe) => runProbe(probe)))
  }
}

function probesFor(platform: Platform, settings: CheckSettings): readonly Probe[] {
  const { serviceSocket, pace } = settings
  const due = platform.checks.filter((check) => check.pace === pace)
  return [
    ...(pace === 'often' ? [serviceUptime(serviceSocket)] : []),
    ...due.map((check) => probeOf(check, settings, (limits) => machineSources({ limits, serviceSocket })))
  ]
}
