import { accessSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { app } from 'electron'
import type { Flavour } from '../../core/flavour'

declare const __FLAVOUR__: Flavour

/** What a start may be told. A release build is told nothing. */
export interface StartOptions {
  /** The client's own folder. */
  readonly dataFolder: string
  /** Shows what the camera sees in a corner: benches and demos only. */
  readonly preview: boolean
  /** File for what the sensor said of every look, for replays; null to record nothing. */
  readonly recordTo: string | null
  /** Where the privileged service listens. */
  readonly serviceSocket: string
}

const SERVICE_SOCKET = '/run/havendesk/service.sock'

/**
 * Reads the arguments of test and demo builds. In a release build this is the fixed folder and nothing else: the
 * bundler removes the branch, names and all.
 */
export function readOptions(argv: readonly string[]): StartOptions {
  const fixed = {
    dataFolder: app.getPath('userData'),
    preview: false,
    recordTo: null,
    serviceSocket: SERVICE_SOCKET
  }
  if (__FLAVOUR__ === 'release') return fixed
  const valueOf = (name: string): string | undefined =>
    argv.find((argument) => argument.startsWith(`--${name}=`))?.slice(name.length + 3)
  const camera = valueOf('havendesk-camera')
  if (camera !== undefined) {
    accessSync(camera) // a missing file is an error now, not a black picture later
    app.commandLine.appendSwitch('use-fake-device-for-media-stream')
    app.commandLine.appendSwitch('use-file-for-fake-video-capture', camera)
  }
  const dataFolder = resolve(valueOf('havendesk-data') ?? join(fixed.dataFolder, __FLAVOUR__))
  const recordTo = valueOf('havendesk-record')
  return {
    dataFolder,
    recordTo: recordTo === undefined ? null : resolve(recordTo),
    serviceSocket: join(dataFolder, 'service.sock'),
    preview: argv.includes('--havendesk-preview')
  }
}
