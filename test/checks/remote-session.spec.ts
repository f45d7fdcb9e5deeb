import { describe, expect, it } from 'vitest'
import { fitnessOf, standingsOf, withHeard } from '../../src/core/check/posture'
import { checkRulesSchema, defaultCheckRules } from '../../src/core/policy/checks'
import { probeOf } from '../../src/device/check-probe'
import { remoteSessions } from '../../src/device/contract/remote-session'
import { remoteControl } from '../../src/device/linux/checks/remote-control'
import { runProbe } from '../../src/device/run-probe'
import { machineSources } from '../../src/device/sources/machine-sources'
import { helperEnvironment } from '../../src/main/helper/environment'
import { unsafeStart } from '../../src/main/startup/unsafe-start'
import { catalogue } from '../../src/ui/messages/catalogue'
import { linuxWell } from './linux-well'
import { LaidOutMachine } from './machine'

/** What sshd with X11 forwarding, xrdp and TigerVNC give a session, as \`env\` shows it there. */
const sessions = {
  'over SSH': {
    SSH_CONNECTION: '192.0.2.1 50000 192.0.2.2 22',
    SSH_CLIENT: '192.0.2.1 50000 22',
    SSH_TTY: '/dev/pts/1',
    DISPLAY: 'localhost:10.0'
  },
  'over RDP': {
    UID: '1000',
    XRDP_SESSION: '812',
    XRDP_SOCKET_PATH: '/run/xrdp/sockdir',
    XRDP_PULSE_SINK_SOCKET: 'xrdp_chansrv_audio_out_socket_10',
    XRDP_PULSE_SOURCE_SOCKET: 'xrdp_chansrv_audio_in_socket_10',
    PULSE_SCRIPT: '/etc/xrdp/pulse/default.pa',
    DISPLAY: ':10.0'
  },
  'over VNC': { VNCDESKTOP: 'desk:1 (a)', DISPLAY: ':1' }
} as const

/** What the check says in the environment that main would give the probe, on a computer that is well but for the session. */
async function lookedAt(environment: Readonly<Record<string, string>>) {
  const facts = linuxWell['remote-control']
  if (facts === undefined) throw new Error('no computer on which remote-control passes')
  const machine = new LaidOutMachine(facts)
  try {
    await machine.listen()
    const given = helperEnvironment(environment)
    const probe = probeOf(remoteControl, { rules: defaultCheckRules, applications: null }, (limits) =>
      machineSources({ limits, serviceSocket: machine.socket, root: machine.root, environment: given })
    )
    return await runProbe(probe)
  } finally {
    await machine.remove()
  }
}

describe('A4 a release in a remote session', () => {
  it.each(Object.entries(sessions))('%s starts, and the session is a finding', async (name, environment) => {
    const start = { argv: ['/opt/havendesk/havendesk'], platform: 'linux', program: '/opt/a' } as const
    expect(unsafeStart({ ...start, environment })).toEqual([])
    const result = await lookedAt(environment)
    const remedy = 'remedy.remote-control.session'
    expect(result).toMatchObject({ state: 'fail', evidence: `a session ${name}`, remedy })
    expect(catalogue).toHaveProperty([remedy])
  })

  it('shows nothing where the policy lets remote control block', async () => {
    const result = await lookedAt(sessions['over RDP'])
    const rules = checkRulesSchema.parse({ 'remote-control': { enforcement: 'block' } })
    expect(fitnessOf(standingsOf(withHeard(new Map(), [result], 0), rules, 0)).unfit).toBe(true)
  })

  it('has a session for every sign that the check knows', () => {
    const given = Object.values(sessions).flatMap((one) => Object.keys(one))
    expect(given).toEqual(expect.arrayContaining(Object.keys(remoteSessions)))
  })
})
