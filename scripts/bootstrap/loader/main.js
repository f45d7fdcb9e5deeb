import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { app, dialog } from 'electron'

// The registry's runtime has no default application, so `electron FOLDER` is taught here: the first argument that is not
// a switch names the application. Awaited at top level, so `ready` waits for it and nothing comes too late.
const folder = resolve(process.argv.slice(1).find((argument) => !argument.startsWith('-')) ?? '.')
const manifest = join(folder, 'package.json')

if (existsSync(manifest)) {
  const { name, productName, version, main } = JSON.parse(readFileSync(manifest, 'utf8'))
  app.setName(productName ?? name ?? 'application')
  app.setVersion(version ?? '0.0.0')
  app.setAppPath(folder)
  await import(pathToFileURL(join(folder, main ?? 'index.js')).href)
} else {
  dialog.showErrorBox('No application', `There is no package.json in ${folder}.`)
  app.exit(1)
}
