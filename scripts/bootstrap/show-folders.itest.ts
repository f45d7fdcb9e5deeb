import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { requires } from '../../test/requires'

const script = join(import.meta.dirname, 'show-folders.sh')
let folder = ''

beforeEach((context) => {
  requires(context, 'linux', 'user-namespaces')
  folder = mkdtempSync(join(tmpdir(), 'hd-show-'))
  mkdirSync(join(folder, 'closed', 'deep', 'project', 'out'), { recursive: true })
  writeFileSync(join(folder, 'closed', 'secret'), 'of root')
  writeFileSync(join(folder, 'closed', 'deep', 'project', 'package.json'), '{}')
  chmodSync(join(folder, 'closed'), 0o700)
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** Runs a shell command behind the script, with the mounts that root would make, in namespaces of this test alone. */
function shown(cover: string, path: string, command: string): string {
  const words = ['--user', '--map-root-user', '--mount', '--propagation', 'private', 'sh', script]
  const plan = [join(folder, 'stage'), `${cover}\n${path}`, '--', 'sh', '-c', command]
  return execFileSync('unshare', [...words, ...plan], {
    encoding: 'utf8',
    cwd: join(folder, 'closed/deep/project')
  })
}

it('shows a project below a closed folder at its own path, and nothing else of that folder', () => {
  const closed = join(folder, 'closed')
  const project = join(closed, 'deep', 'project')
  const printed = shown(
    closed,
    project,
    `pwd; cat package.json; echo; stat -c %a "${closed}"; ls "${closed}"; touch out/new`
  )
  expect(printed.split('\n')).toEqual([project, '{}', '755', 'deep', ''])
  // Written through to the real folder, which stays closed outside.
  expect(execFileSync('ls', [join(project, 'out')], { encoding: 'utf8' })).toBe('new\n')
  expect(execFileSync('stat', ['-c', '%a', closed], { encoding: 'utf8' })).toBe('700\n')
})

it('shows the contents of a project whose own folder is the closed one', () => {
  const project = join(folder, 'closed', 'deep', 'project')
  chmodSync(project, 0o700)
  const printed = shown(project, project, `stat -c %a "${project}"; ls -a; touch out/new`)
  expect(printed.split('\n')).toEqual(['755', '.', '..', 'out', 'package.json', ''])
  expect(execFileSync('ls', [join(project, 'out')], { encoding: 'utf8' })).toBe('new\n')
})
