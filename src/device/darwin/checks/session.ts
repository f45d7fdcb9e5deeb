import { judgeClock } from '../../../core/check/judge/clock'
import { judgeLocalAdmin } from '../../../core/check/judge/local-admin'
import { judgeRemoteControl } from '../../../core/check/judge/remote-control'
import { judgeScreenLock } from '../../../core/check/judge/screen-lock'
import { judgeUpdates } from '../../../core/check/judge/os-updates'
import { judgeMachine, virtualNameIn } from '../../../core/check/judge/virtual-machine'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'
import { propertyList, valueOf } from '../tools'

/** The groups `wheel` (0), `admin` (80) and `com.apple.access_ssh`'s kin have fixed numbers on every Mac. */
const powerful: ReadonlyMap<string, string> = new Map([
  ['0', 'group wheel'],
  ['80', 'group admin']
])

export const localAdmin: Check = {
  name: 'local-admin',
  pace: 'often',
  look: async (sources) => {
    const groups = (await sources.tool('/usr/bin/id', ['-G'])).trim().split(' ')
    // Everybody is in `everyone` (12).
    if (!groups.every((group) => /^\d{1,10}$/.test(group)) || !groups.includes('12')) throw garbled('id')
    return judgeLocalAdmin(groups.flatMap((group) => powerful.get(group) ?? []))
  }
}

/** The kernel's own word (kern.hv_vmm_present) and the model, which virtual machines name themselves by. */
export const virtualMachine: Check = {
  name: 'virtual-machine',
  pace: 'seldom',
  look: async (sources) => {
    const lines = (await sources.tool('/usr/sbin/sysctl', ['-n', 'kern.hv_vmm_present', 'hw.model']))
      .trim()
      .split('\n')
    const [present, model, ...rest] = lines
    if ((present !== '0' && present !== '1') || model === undefined || rest.length > 0)
      throw garbled('sysctl')
    if (!/^[A-Za-z]+\d+,\d+$/.test(model)) throw garbled('sysctl')
    const name = /^VirtualMac/.test(model) ? 'virtual' : virtualNameIn(model)
    return judgeMachine({
      sources: ['the kernel', 'the model'],
      signs: [
        ...(present === '1' ? ['the kernel says so'] : []),
        ...(name === null ? [] : [`the model is ${name}`])
      ]
    })
  }
}

/** ps(1) and netstat(1); Screen Sharing waits at port 5900 while it is on. */
export const remoteControl: Check = {
  name: 'remote-control',
  pace: 'often',
  look: async (sources, rules) => {
    const [processes, sockets] = await Promise.all([
      sources.tool('/bin/ps', ['-axco', 'comm=']),
      sources.tool('/usr/sbin/netstat', ['-anp', 'tcp'])
    ])
    const programs = processes
      .split('\n')
      .map((line) => line.trim())
      .filter((name) => name !== '')
    if (!programs.includes('launchd')) throw garbled('ps')
    if (!/^Active Internet connections/.test(sockets) || !/^Proto Recv-Q Send-Q/m.test(sockets))
      throw garbled('netstat')
    const listening = [
      ...sockets.matchAll(/^tcp(?:4|6|46)\s+\d+\s+\d+\s+\S+\.(\d+)\s+\S+\s+LISTEN\s*$/gm)
    ].map(([, port]) => Number(port))
    const session = sources.variable('SSH_CONNECTION') === undefined ? [] : ['a session over SSH']
    return judgeRemoteControl({ programs, listening, session }, rules['remote-control'].programs)
  }
}

/** `screenLock delay is 300 seconds`, `… is immediate`, `… is off` (sysadminctl), and the idle time of the screen saver. */
export const screenLock: Check = {
  name: 'screen-lock',
  pace: 'often',
  look: async (sources, rules) => {
    // It writes its answer to its second output.
    const { code, output } = await sources.ask('/usr/sbin/sysadminctl', ['-screenLock', 'status'])
    const found = /screenLock (?:delay )?is (immediate|off|(\d+) seconds)\s*$/m.exec(output)
    if (found === null || code !== 0) throw garbled('sysadminctl')
    const idle = await sources.ask('/usr/bin/defaults', [
      '-currentHost',
      'read',
      'com.apple.screensaver',
      'idleTime'
    ])
    // A time that was never chosen is macOS's own: 20 minutes.
    if (idle.code === 0 && !/^\d{1,6}\s*$/.test(idle.output)) throw garbled('defaults')
    if (idle.code !== 0 && !/does not exist/.test(idle.output)) throw garbled('defaults')
    const seconds = idle.code === 0 ? Number(idle.output) : 1200
    const enabled = found[1] !== 'off'
    const idleSeconds = seconds === 0 ? null : seconds + Number(found[2] ?? 0)
    return judgeScreenLock({ source: 'macos', enabled, idleSeconds }, rules['screen-lock'])
  }
}

const UPDATES = '/Library/Preferences/com.apple.SoftwareUpdate.plist'

/** What Software Update wrote down of its last look. It does not say which updates are for security: all of them count. */
export const osUpdates: Check = {
  name: 'os-updates',
  pace: 'seldom',
  look: async (sources, rules) => {
    const version = (await sources.tool('/usr/bin/sw_vers', ['-productVersion'])).trim()
    if (!/^\d+(\.\d+){0,2}$/.test(version)) throw garbled('sw_vers')
    const plist = await propertyList(sources, UPDATES)
    const date = valueOf(plist, 'LastSuccessfulDate')
    const looked = date?.kind === 'date' ? Date.parse(date.text) : Number.NaN
    const listed = /<key>RecommendedUpdates<\/key>\s*<array>([\s\S]*?)<\/array>/.exec(plist)
    const none = /<key>RecommendedUpdates<\/key>\s*<array\/>/.test(plist)
    const security = none ? 0 : listed === null ? null : [...(listed[1] ?? '').matchAll(/<dict>/g)].length
    const listAgeMs = Number.isNaN(looked) ? null : sources.wallMs() - looked
    return judgeUpdates({ system: 'macos', version, security, listAgeMs }, rules['os-updates'])
  }
}

/** Whether the time daemon sets the clock by itself. */
export const clock: Check = {
  name: 'clock',
  pace: 'often',
  look: async (sources) => {
    const value = valueOf(
      await propertyList(sources, '/Library/Preferences/com.apple.timed.plist'),
      'TMAutomaticTimeOnlyEnabled'
    )
    if (value?.kind !== 'true' && value?.kind !== 'false') throw garbled('timed')
    return judgeClock(value.kind === 'true')
  }
}
