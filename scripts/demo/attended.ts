import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import type { Children } from '../stack/children'
import { hasCamera, recordedScene, type Stage } from './stage'

/** Opens the workstation on the person's own screen and the console in their browser; ends with "End demo" or Ctrl-C. */
export async function attend({ floor, children, data }: Stage): Promise<number> {
  openInBrowser(floor.hub.consoleUrl)
  return showWorkstation(children, data)
}

/** Runs the workstation until the person ends it. */
export async function showWorkstation(children: Children, data: string): Promise<number> {
  const camera = hasCamera() ? [] : [`--havendesk-camera=${await recordedScene()}`]
  console.log(
    camera.length === 0
      ? 'The workstation uses your camera.'
      : 'No camera here: a recorded scene plays instead.'
  )
  const args = [resolve('out/demo'), `--havendesk-data=${data}`, ...camera]
  if (process.argv.includes('--demo-without-sandbox')) args.push('--no-sandbox')
  const workstation = children.start(resolve('.runtime/electron/electron'), args, {
    stdio: ['ignore', 'inherit', 'inherit']
  })
  console.log('"End demo" on the workstation, or Ctrl-C here, ends everything.')
  return new Promise((done) => workstation.once('exit', (code) => done(code ?? 0)))
}

/** Opens an address with the system's own opener; that it cannot is only said, since the address was printed. */
export function openInBrowser(url: string): void {
  const opener: Partial<Record<NodeJS.Platform, readonly [string, ...string[]]>> = {
    linux: ['xdg-open', url],
    darwin: ['open', url],
    win32: ['cmd', '/c', 'start', '', url]
  }
  const [command, ...args] = opener[process.platform] ?? ['xdg-open', url]
  spawn(command, args, { stdio: 'ignore', detached: true })
    .once('error', () => console.log(`Open ${url} in your browser.`))
    .unref()
}
