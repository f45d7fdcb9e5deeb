import { ESLint } from 'eslint'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { projectRoot } from './bootstrap/prepare.mjs'
import { runAsMain } from './session/main.mjs'
import { digestsOf } from './lint/digest.mjs'
import { projectFiles } from './lint/files.mjs'

const memory = join('.runtime', 'lint', 'clean.json')

/**
 * Lints the project, but not what was clean before and cannot have changed since. Rules that know types look beyond the
 * file they judge: a file is remembered as clean together with everything its judgement can depend on (see `digest.mjs`).
 * What was not clean is never remembered. `--all` forgets first.
 */
async function lint(args) {
  process.chdir(projectRoot)
  // Nothing changes under the parser's hands: it need not watch for that.
  process.env['TSESTREE_SINGLE_RUN'] = 'true'
  const eslint = new ESLint()
  const digests = digestsOf(projectFiles())
  const clean = new Set(args.includes('--all') ? [] : readClean())
  const wanted = []
  for (const [file, digest] of digests) {
    if (!clean.has(digest) && !(await eslint.isPathIgnored(file))) wanted.push(file)
  }
  const results = wanted.length > 0 ? await eslint.lintFiles(wanted) : []
  const troubled = new Set(
    results
      .filter(({ errorCount, warningCount }) => errorCount + warningCount > 0)
      .map(({ filePath }) => filePath)
  )
  const text = await (await eslint.loadFormatter('stylish')).format(results)
  if (text) console.log(text)
  // What changed while it was looked at is not remembered: nobody knows which of its texts was judged.
  const after = digestsOf(projectFiles())
  const isClean = ([file, digest]) => after.get(file) === digest && !troubled.has(join(projectRoot, file))
  writeClean([...digests].filter(isClean).map(([, digest]) => digest))
  console.log(`lint: ${results.length} of ${digests.size} files looked at, ${troubled.size} with problems`)
  return troubled.size === 0 ? 0 : 1
}

function readClean() {
  try {
    const found = JSON.parse(readFileSync(memory, 'utf8'))
    return Array.isArray(found) ? found.filter((digest) => typeof digest === 'string') : []
  } catch (error) {
    // The first time, or cut short: everything is looked at.
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return []
    throw error
  }
}

function writeClean(digests) {
  mkdirSync(dirname(memory), { recursive: true })
  const draft = `${memory}.${process.pid}`
  writeFileSync(draft, JSON.stringify(digests))
  renameSync(draft, memory)
}

runAsMain(import.meta.url, lint)
