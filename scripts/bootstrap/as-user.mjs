import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, statSync } from 'node:fs'
import { chown, lstat, readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runAsMain } from '../session/main.mjs'
import { endMarked, holdInterrupts, marked, newMark, supervise } from '../session/processes.mjs'
import { run } from './run.mjs'
import { SetupError } from './report.mjs'
import { isRoot, lookUpUser, userName } from './user.mjs'

/** What the unprivileged user writes; all of it ignored by git. */
const writable = [
  'out',
  'test-results',
  'playwright-report',
  'coverage',
  '.runtime',
  'node_modules/.vite',
  'node_modules/.vite-temp',
  'node_modules/.cache'
]
/** Below .runtime: fetched and checked by bootstrap, not the user's to change. */
const kept = ['electron', 'models', 'pictures', 'downloads']

/**
 * Runs a command as the unprivileged user when we are root, else as ourselves. A project folder (or a Node) that the user
 * cannot reach is shown to it, and to it alone, at the same path in a mount namespace of its own.
 * @param {readonly string[]} command
 * @param {{ root: string, env?: NodeJS.ProcessEnv, limits?: Parameters<typeof supervise>[1] }} options
 * @returns {Promise<{ code: number, timedOut: boolean }>}
 */
export async function runAsUser(command, { root, env = process.env, limits }) {
  const user = isRoot() ? lookUpUser() : null
  if (isRoot() && !user)
    throw new SetupError(`The user ${userName} does not exist. Run npm start or npm test once as root.`)
  if (!user)
    return supervise(spawn(command[0], command.slice(1), { cwd: root, env, stdio: 'inherit' }), limits)

  const project = realpathSync(root)
  // Not TMPDIR: that may well be a folder which root alone may pass.
  const folder = mkdtempSync('/tmp/hd-user-')
  const runtimeDir = join(folder, 'run')
  const mark = newMark()
  const hold = holdInterrupts()
  try {
    mkdirSync(runtimeDir, { mode: 0o700 })
    chownSync(runtimeDir, user.uid, user.gid)
    // The folder itself must be passable for the user; nothing in it but its own can be read.
    await run('chmod', ['711', folder])
    await lendFolders(project, user)
    const become = becoming(user)
    const shown = await showing(project, folder, become)
    const [file, ...args] = [...shown, ...become, ...command]
    hold.check()
    const child = spawn(file, args, {
      cwd: project,
      env: marked(userEnvironment(env, user, runtimeDir), mark),
      stdio: 'inherit'
    })
    // Longer than a session inside waits for its own command, so that it can still tidy up.
    return await supervise(child, { patienceMs: 30_000, ...limits })
  } finally {
    await endMarked(mark)
    rmSync(folder, { recursive: true, force: true })
    hold.release()
  }
}

/** The command prefix that gives up root for good; the child ends when we do. */
const becoming = ({ uid, gid }) => [
  'setpriv',
  `--reuid=${uid}`,
  `--regid=${gid}`,
  '--init-groups',
  '--inh-caps=-all',
  '--pdeathsig=TERM',
  '--'
]

/** A command prefix under which a command runs as the user who will run Electron; empty for everyone but root. */
export function asUserPrefix() {
  const user = isRoot() ? lookUpUser() : null
  return user ? becoming(user) : []
}

async function lendFolders(project, { uid, gid }) {
  for (const name of writable) {
    const path = join(project, name)
    mkdirSync(path, { recursive: true })
    const entries =
      name === '.runtime'
        ? (await readdir(path)).filter((entry) => !kept.includes(entry))
        : await readdir(path)
    await chown(path, uid, gid)
    for (const entry of entries) await giveAway(join(path, entry), uid, gid)
  }
}

/** Gives a file or a whole folder to the user; links are left alone, so that they cannot give away what they point to. */
async function giveAway(path, uid, gid) {
  const found = await lstat(path).catch(() => null)
  if (!found || found.isSymbolicLink()) return
  if (found.uid !== uid) await chown(path, uid, gid)
  if (found.isDirectory())
    for (const entry of await readdir(path)) await giveAway(join(path, entry), uid, gid)
}

/** The person's own settings, tokens and sockets stay behind; npm's settings of the parent name files that root alone reads. */
function userEnvironment(env, { home }, runtimeDir) {
  const strange = /^(npm_|NPM_|XDG_|DBUS_|SUDO_|SSH_|GNOME_|TMPDIR$|MAIL$|OLDPWD$|INIT_CWD$)/
  const own = Object.fromEntries(Object.entries(env).filter(([name]) => !strange.test(name)))
  return {
    ...own,
    HOME: home,
    USER: userName,
    LOGNAME: userName,
    SHELL: '/bin/sh',
    XDG_RUNTIME_DIR: runtimeDir,
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    XDG_DATA_HOME: join(home, '.local', 'share'),
    XDG_STATE_HOME: join(home, '.local', 'state'),
    PATH: [dirname(process.execPath), env['PATH'] ?? '/usr/bin:/bin'].join(':')
  }
}

/** Command prefix that makes the project and this Node reachable for the user; empty when they are. */
async function showing(project, folder, become) {
  mustBeReadable(project)
  const prefix = dirname(dirname(realpathSync(process.execPath)))
  const covers = new Map()
  for (const path of [project, prefix]) {
    const closed = await firstClosed(path, become)
    if (!closed) continue
    covers.set(closed, [...(covers.get(closed) ?? []), path])
  }
  if (covers.size === 0) return []
  const script = join(dirname(fileURLToPath(import.meta.url)), 'show-folders.sh')
  const plan = [...covers].flatMap(([cover, paths]) => paths.map((path) => `${cover}\n${path}`))
  await mustAllowMounts(project)
  return [
    'unshare',
    '--mount',
    '--propagation',
    'private',
    'sh',
    script,
    join(folder, 'stage'),
    ...plan,
    '--'
  ]
}

function mustBeReadable(project) {
  const readable = (path, bits) => !existsSync(path) || (statSync(path).mode & bits) === bits
  if (readable(join(project, 'package.json'), 0o004) && readable(join(project, 'src'), 0o005)) return
  throw new SetupError(
    `The user ${userName} may not read the project's files (they are kept for root alone).\n` +
      `Allow reading, then run again:\n  chmod -R go+rX ${project}`
  )
}

async function mustAllowMounts(project) {
  const { code } = await run('unshare', ['--mount', '--propagation', 'private', 'true'])
  if (code === 0) return
  throw new SetupError(
    `The user ${userName} cannot reach ${project}, and this system does not let root make a mount namespace to show it.\n` +
      'Move the project to a folder that everyone may pass through, for example /opt/havendesk, then run again.'
  )
}

/** The topmost folder on the way to a path that the user may not pass, or null. */
async function firstClosed(path, [file, ...args]) {
  const parts = path.split('/').filter(Boolean)
  const steps = parts.map((_, index) => `/${parts.slice(0, index + 1).join('/')}`)
  const test = 'for step; do [ -x "$step" ] || { printf %s "$step"; exit; }; done'
  return (await run(file, [...args, 'sh', '-c', test, 'sh', ...steps], { cwd: '/' })).stdout || null
}

runAsMain(import.meta.url, async (args) => {
  const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..')
  return (await runAsUser(args[0] === '--' ? args.slice(1) : args, { root })).code
})
