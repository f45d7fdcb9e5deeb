import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Everything a build reads: folders whole, files by name. */
const folders = ['src', 'models', 'build']
const files = /^(package(-lock)?\.json|tsconfig.*\.json|.*\.config\.(ts|js|mjs))$/
const stampName = '.inputs'

/**
 * A hash over all that a build of this flavour is made from.
 * @param {string} root
 * @param {string} flavour
 */
export function inputsOf(root, flavour) {
  const hash = createHash('sha256').update(flavour)
  const inside = folders.flatMap((name) => (existsSync(join(root, name)) ? walk(join(root, name)) : []))
  const beside = readdirSync(root).filter((name) => files.test(name))
  for (const path of [
    ...inside,
    join(root, 'scripts', 'build.mjs'),
    ...beside.map((name) => join(root, name))
  ].sort()) {
    hash.update(`\0${relative(root, path)}\0`).update(readFileSync(path))
  }
  return hash.digest('hex')
}

function walk(folder) {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
}

/** Hub, service and console are built in the same place for every flavour, so each folder carries its own stamp. */
const outputs = (root, flavour) => {
  const out = join(root, 'out')
  const parts = ['main', 'preload', 'renderer'].map((part) => join(out, flavour, part))
  return [...parts, ...['hub', 'service', 'console'].map((part) => join(out, part))]
}

/** Whether what stands in `out/` was built from these inputs. Every build empties its folder, the stamp with it. */
export function isBuilt(root, flavour, inputs) {
  return outputs(root, flavour).every((folder) => {
    const stamp = join(folder, stampName)
    return existsSync(stamp) && readFileSync(stamp, 'utf8') === inputs
  })
}

export function markBuilt(root, flavour, inputs) {
  for (const folder of outputs(root, flavour).filter(existsSync))
    writeFileSync(join(folder, stampName), inputs)
}
