import { judgeLocalAdmin } from '../../../core/check/judge/local-admin'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

/** Groups whose members can become root: by sudo or polkit, by a container that mounts the disk, or by the disk itself. */
const powerful: ReadonlySet<string> = new Set([
  'root',
  'sudo',
  'wheel',
  'admin',
  'docker',
  'lxd',
  'incus-admin',
  'libvirt',
  'disk',
  'shadow'
])

/** Whether the person at the desk is an administrator. Rules of sudo that name a single person are not seen from here. */
export const localAdmin: Check = {
  name: 'local-admin',
  pace: 'often',
  look: async (sources) => {
    const own = numbers(await sources.tool('/usr/bin/id', ['-G']))
    const [user] = numbers(await sources.tool('/usr/bin/id', ['-u']))
    const names = groupNames((await sources.file('/etc/group')).text)
    const groups = own.flatMap((gid) => names.get(gid) ?? []).filter((name) => powerful.has(name))
    return judgeLocalAdmin([
      ...(user === 0 ? ['the user root'] : []),
      ...groups.map((name) => `group ${name}`)
    ])
  }
}

function numbers(text: string): readonly number[] {
  const words = text.trim().split(' ')
  if (!words.every((word) => /^\d{1,10}$/.test(word))) throw garbled('id')
  return words.map(Number)
}

/** group(5): name:password:number:members. */
function groupNames(text: string): ReadonlyMap<number, string> {
  const groups = new Map<number, string>()
  for (const line of text.split('\n')) {
    // `+` and `-` are lines for network services, which have no number.
    if (line === '' || /^[+#-]/.test(line)) continue
    const [, name, number] = /^([^:\s]+):[^:]*:(\d{1,10}):/.exec(line) ?? []
    if (name === undefined || number === undefined) throw garbled('/etc/group')
    groups.set(Number(number), name)
  }
  // Group 0 has the name root on every Linux: a file without it is not the list of groups.
  if (!groups.has(0)) throw garbled('/etc/group')
  return groups
}
