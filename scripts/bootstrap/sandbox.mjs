import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { run } from './run.mjs'

const read = (file) => (existsSync(file) ? readFileSync(file, 'utf8').trim() : '')

/**
 * Whether Chromium's sandbox can start here, tried with the same kinds of namespaces that it makes.
 * @param {{ root: string, as?: (command: readonly string[]) => readonly string[] }} options
 *   `as`: turns a command into one run by the user who will run Electron
 * @returns {Promise<{ possible: true } | { possible: false, why: string, remedy: string }>}
 */
export async function sandboxState({ root, as = (command) => command }) {
  if (process.platform !== 'linux') return { possible: true }
  const helper = join(root, '.runtime', 'electron', 'chrome-sandbox')
  const [command, ...args] = as(['unshare', '--user', '--map-root-user', '--pid', '--net', '--fork', 'true'])
  const { code, stderr } = await run(command, args)
  // 127: no such program to try it with, so Electron itself will have to say.
  if (code === 0 || code === 127) return { possible: true }
  if (isSetuidHelper(helper)) return { possible: true }
  const { why, remedy } = explain(helper)
  return { possible: false, why: `${why} (${stderr.trim()})`, remedy }
}

function isSetuidHelper(helper) {
  if (!existsSync(helper)) return false
  const { uid, mode } = statSync(helper)
  return uid === 0 && (mode & 0o4000) !== 0
}

/**
 * Why user namespaces are refused, and what lets them in again.
 * @param {string} helper
 * @param {(file: string) => string} [setting] reads a kernel setting; empty when it does not exist
 */
export function explain(helper, setting = read) {
  if (setting('/proc/sys/kernel/unprivileged_userns_clone') === '0') {
    return {
      why: 'The kernel setting kernel.unprivileged_userns_clone is 0.',
      remedy: 'sudo sysctl -w kernel.unprivileged_userns_clone=1'
    }
  }
  if (setting('/proc/sys/user/max_user_namespaces') === '0') {
    return {
      why: 'The kernel setting user.max_user_namespaces is 0.',
      remedy: 'sudo sysctl -w user.max_user_namespaces=15000'
    }
  }
  if (setting('/proc/sys/kernel/apparmor_restrict_unprivileged_userns') === '1') {
    return {
      why: 'AppArmor allows user namespaces to programs with a profile only (kernel.apparmor_restrict_unprivileged_userns is 1).',
      remedy: `sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`
    }
  }
  return {
    why: 'This system, most likely a container, does not let a program make user namespaces.',
    remedy:
      'Start the container with a seccomp profile that allows clone and unshare, for example\n' +
      '  docker run --security-opt seccomp=unconfined ...   (the same for podman),\n' +
      'or run on the machine itself.'
  }
}
