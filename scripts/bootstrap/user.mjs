import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { run } from './run.mjs'
import { SetupError } from './report.mjs'

/** Chromium's sandbox and PostgreSQL both refuse root, so root lends the work to this user. */
export const userName = 'havendesk'

export const isRoot = () => process.getuid?.() === 0

/** @returns {{ uid: number, gid: number, home: string } | null} */
export function lookUpUser(name = userName) {
  const entry = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([known]) => known === name)
  if (!entry) return null
  return { uid: Number(entry[2]), gid: Number(entry[3]), home: entry[5] ?? '/' }
}

/**
 * The unprivileged user, made when root runs this for the first time; null when we are not root and need none.
 * @param {{ report: ReturnType<import('./report.mjs').createReport> }} context
 */
export async function provideUser({ report }) {
  if (!isRoot()) return null
  const known = lookUpUser()
  if (known) return known
  report.step(`Unprivileged user: ${userName}`)
  const groups = hasVideoGroup() ? ['--groups', 'video'] : []
  const made = await run('useradd', ['--create-home', '--shell', '/bin/sh', ...groups, userName])
  const user = lookUpUser()
  if (made.code !== 0 || !user)
    throw new SetupError(`Could not make the user ${userName}: ${made.stderr.trim()}`)
  return user
}

/** Cameras belong to this group on most distributions. */
function hasVideoGroup() {
  try {
    execFileSync('getent', ['group', 'video'], { stdio: 'ignore' })
    return true
  } catch {
    // No such group, or no getent: then no group guards the cameras either.
    return false
  }
}
