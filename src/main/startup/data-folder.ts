import { chmodSync, lstatSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { app } from 'electron'

/**
 * Makes the client's own folder, readable by its user alone, and sends everything of Chromium's there too.
 * A link in its place is refused: it could lead anywhere.
 */
export function prepareDataFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (!lstatSync(folder).isDirectory())
    throw new Error(`${folder} is not a folder: remove it and start again`)
  chmodSync(folder, 0o700)
  app.setPath('userData', folder)
  app.setPath('sessionData', join(folder, 'chromium'))
  app.setPath('crashDumps', join(folder, 'crashes'))
}
