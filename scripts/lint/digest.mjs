import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

const source = /\.(ts|tsx|js|mjs|cjs)$/
/** Every file's judgement depends on these: the rules, what types mean, what the packages are, and types for all. */
const isCommon = (file, text) =>
  /^(eslint\.config\.js|package-lock\.json|tsconfig[^/]*\.json)$/.test(file) ||
  file.startsWith('eslint/') ||
  file.endsWith('.d.ts') ||
  /\bdeclare\s+(global|module)\b/.test(text) ||
  (/\.tsx?$/.test(file) && !/^\s*(import|export)\b/m.test(text))

/**
 * For each source file a digest of all that its lint result depends on: its own text, the text of every file that it
 * imports or refers to, directly or through others, and what is common to all.
 * @param {readonly string[]} files of the project, relative to the current folder
 * @param {(file: string) => string} [read]
 * @returns {Map<string, string>}
 */
export function digestsOf(files, read = (file) => readFileSync(file, 'utf8')) {
  const known = new Set(files)
  const texts = new Map()
  const textOf = (file) => {
    if (!texts.has(file)) texts.set(file, read(file))
    return texts.get(file)
  }
  const base = createHash('sha256').update(process.version)
  for (const file of files.filter((one) => isCommon(one, textOf(one))))
    base.update(`${file}\0${textOf(file)}\0`)
  const shared = base.digest('hex')
  const imports = new Map(
    files.map((file) => [file, source.test(file) ? importedBy(file, textOf(file), known) : []])
  )
  return new Map(
    files
      .filter((file) => source.test(file))
      .map((file) => {
        const hash = createHash('sha256').update(`${shared}\0${file}\0`)
        for (const one of closure(file, imports)) hash.update(`${one}\0${textOf(one)}\0`)
        return [file, hash.digest('hex')]
      })
  )
}

/** A file and everything it leads to, sorted. */
function closure(file, imports) {
  const found = new Set([file])
  for (const one of found) for (const next of imports.get(one) ?? []) found.add(next)
  return [...found].sort()
}

/** The project's files that a file names: by import, export, require, import() or a reference, also in JSDoc types. */
function importedBy(file, text, known) {
  const { importedFiles, referencedFiles } = ts.preProcessFile(text, true, true)
  const names = [...importedFiles, ...referencedFiles].map(({ fileName }) => fileName)
  for (const [, name] of text.matchAll(/\bimport\(\s*['"](\.[^'"]+)['"]\s*\)/g)) names.push(name)
  return names
    .filter((name) => name.startsWith('.'))
    .flatMap((name) => meant(join(dirname(file), name), known))
}

/** The files that a path without its ending may mean. A file that appears later and means it too changes the digest. */
function meant(path, known) {
  const bare = path.replace(/\.(js|mjs|cjs)$/, '')
  const endings = ['', '.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts', '.d.mts']
  return [path, bare, join(path, 'index')]
    .flatMap((start) => endings.map((ending) => `${start}${ending}`))
    .filter((one, index, all) => known.has(one) && all.indexOf(one) === index)
}
