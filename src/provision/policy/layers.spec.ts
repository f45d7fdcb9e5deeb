import { readFileSync } from 'node:fs'
import { describe, expect, it, test } from 'vitest'
import { describeProblem, readAuthored, readPolicy } from './author'
import { explainPolicy } from './explain'

const ana = 'ana@demo.example'
// What it says of applications is left out: the cases say it themselves.
const demo = readFileSync('scripts/demo/demo-policy.yaml', 'utf8').replace(/^applications:.*$/m, '')
const fill = {
  organisation: 'Demo Care',
  version: 3,
  issuedAt: '2026-01-01T00:00:00.000Z',
  expiresAt: '2027-01-01T00:00:00.000Z',
  workspace: { applications: [{ id: 'records', title: 'Records', url: 'https://records.example/' }] }
}
const problems = (more: string): readonly string[] => {
  const read = readPolicy(`${demo}\n${more}\n`, fill)
  return read.ok ? [] : read.error.map(describeProblem)
}

describe('a policy is refused before it is signed', () => {
  test.each([
    [
      'one that says otherwise what is locked',
      'locked: { rules: { phone: { response: blank } } }\nteams: { Claims: { rules: { phone: { response: log } } } }',
      /teams\.Claims\.rules\.phone\.response: locked\.rules\.phone\.response locks it as "blank"/
    ],
    [
      'the VPN client',
      'checks: { remote-control: { enforcement: block, programs: [OpenVPN.exe] } }',
      /checks\.remote-control\.programs\.0: "OpenVPN\.exe" is the VPN client/
    ],
    ['the updater', 'checks: { remote-control: { programs: [packagekitd] } }', /is the updater/],
    [
      'the device management',
      'checks: { remote-control: { programs: [own-mdm] } }\nrecovery: { deviceManagement: [own-mdm] }',
      /is the device management/
    ],
    [
      'Havendesk and its service',
      'checks: { remote-control: { programs: [havendesk-service] } }',
      /is Havendesk itself/
    ],
    [
      'the way to call for help',
      'checks: { remote-control: { enforcement: block } }\nrecovery: { help: [AnyDesk] }',
      /recovery\.help\.0: "AnyDesk" counts as remote control/
    ],
    [
      'every network',
      'checks: { wifi: { enforcement: block, networks: [] } }',
      /checks\.wifi\.networks: no network is allowed/
    ],
    [
      'the VPN by its own probe',
      'vpn: { kind: wireguard, interfaces: [wg0], endpoints: [192.0.2.7], probe: { host: 192.0.2.7, port: 443 } }',
      /vpn\.probe\.host: it is one of the tunnel’s own far ends/
    ],
    [
      'a person’s threshold',
      `people: { ${ana}: { rules: { phone: { threshold: 0.9 } } } }`,
      /phone\.threshold: this field is not known/
    ],
    [
      'Havendesk by a rule for applications',
      'applications: { rules: [{ verdict: deny, path: /opt/havendesk/havendesk }] }',
      /applications\.rules\.0: "havendesk" is Havendesk itself, and would be denied/
    ],
    [
      'the VPN client by a lock',
      'applications: { locked: [{ verdict: deny, name: openvpn.exe }] }',
      /applications\.locked\.0: "openvpn\.exe" is the VPN client/
    ],
    [
      'the updater by a team’s rule',
      'applications: {}\nteams: { Claims: { applications: { rules: [{ verdict: deny, name: apt }] } } }',
      /teams\.Claims\.applications\.rules\.0: "apt" is the updater/
    ],
    [
      'a tool for help by our own list',
      'applications: {}\nrecovery: { help: [rustdesk] }',
      /recovery\.help\.0: "rustdesk" is on Havendesk's own list/
    ],
    [
      'nothing, by a team’s rules that are not asked',
      'teams: { Claims: { applications: { rules: [{ verdict: deny, name: spy }] } } }',
      /teams\.Claims\.applications: the policy has no field applications/
    ],
    [
      'a program that no rule names',
      'applications: { rules: [{ verdict: deny, title: Spy }] }',
      /line \d+: applications\.rules\.0: it names no program/
    ],
    [
      'itself by a gateway that is none',
      'virtualDesktop: { application: desktop }',
      /virtualDesktop\.application: no application has this id; there are records/
    ],
    ['offline hours beyond a day', 'offlineSignIn: { maxHours: 25 }', /offlineSignIn\.maxHours: .*24/]
  ])('D13 that would block %s', (_, more, expected) => {
    expect(problems(more).filter((problem) => expected.test(problem))).toHaveLength(1)
  })

  it('and taken when it does not', () => {
    expect(
      problems(
        'checks: { remote-control: { enforcement: block, programs: [spy-tool] } }\nrecovery: { help: [softphone] }'
      )
    ).toEqual([])
    const allowed = 'applications: { response: blank, rules: [{ verdict: allow, name: rustdesk }] }'
    expect(problems(`${allowed}\nrecovery: { help: [rustdesk] }`)).toEqual([])
  })
})

describe('policy show --for', () => {
  const authored = () => {
    const more = `locked: { rules: { book: { exitMs: 4000 } } }
teams: { Claims: { rules: { phone: { response: warn } } } }
people: { ${ana}: { rules: { nobody: { reportOnly: true, enterMs: 9000 } } } }`
    const read = readAuthored(`${demo}\n${more}\n`, fill)
    if (!read.ok) throw new Error(read.error.map(describeProblem).join('\n'))
    return read.value
  }
  const lineOf = (text: string, start: string, after: string): string =>
    text
      .slice(text.indexOf(after))
      .split('\n')
      .find((line) => line.trim().startsWith(start)) ?? ''

  it('tells a team where each value comes from', () => {
    const text = explainPolicy(authored(), { who: 'Claims' })
    expect(lineOf(text, 'response:', 'phone:')).toMatch(
      /warn # teams\.Claims\.rules\.phone\.response, line \d+/
    )
    expect(lineOf(text, 'exitMs:', 'book:')).toMatch(/4000 # locked\.rules\.book\.exitMs, line \d+/)
    expect(lineOf(text, 'enterMs:', 'phone:')).toMatch(/100 # rules\.phone\.enterMs, line 11/)
    expect(lineOf(text, 'response:', 'camera-dark:')).toMatch(/blank # default$/)
    expect(text).not.toContain(ana)
  })

  it('tells a person the same, and what only reports', () => {
    const text = explainPolicy(authored(), { who: ana, team: 'Claims' })
    expect(lineOf(text, 'enterMs:', 'nobody:')).toMatch(
      /9000 # people\.ana@demo\.example\.rules\.nobody\.enterMs, line \d+/
    )
    expect(lineOf(text, 'response:', 'nobody:')).toMatch(
      /log # report only: people\.ana@demo\.example.*reportOnly, line \d+/
    )
    expect(lineOf(text, 'response:', 'phone:')).toContain('teams.Claims')
  })

  it('names who there is when it is asked for somebody else', () => {
    expect(() => explainPolicy(authored(), { who: 'Clams' })).toThrow(`it names Claims, ${ana}`)
  })
})
