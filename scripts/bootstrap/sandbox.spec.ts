import { expect, it } from 'vitest'
import { explain } from './sandbox.mjs'

const kernel = (settings: Record<string, string>) => (file: string) => settings[file] ?? ''

it.each([
  ['/proc/sys/kernel/unprivileged_userns_clone', '0', 'sudo sysctl -w kernel.unprivileged_userns_clone=1'],
  ['/proc/sys/user/max_user_namespaces', '0', 'sudo sysctl -w user.max_user_namespaces=15000'],
  [
    '/proc/sys/kernel/apparmor_restrict_unprivileged_userns',
    '1',
    'sudo chown root:root /r/chrome-sandbox && sudo chmod 4755 /r/chrome-sandbox'
  ]
])('names the setting %s and the command that mends it', (file, value, remedy) => {
  expect(explain('/r/chrome-sandbox', kernel({ [file]: value }))).toMatchObject({ remedy })
})

it('tells a container what to allow when no setting is at fault', () => {
  expect(explain('/r/chrome-sandbox', kernel({})).remedy).toContain('--security-opt seccomp=')
})
