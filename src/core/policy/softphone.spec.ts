import { describe, expect, it } from 'vitest'
import { relaySchema, softphoneProblem } from './softphone'

const applications = [
  { id: 'calls', url: 'https://calls.example/' },
  { id: 'old', url: 'http://calls.example/' },
  { id: 'local', url: 'http://127.0.0.1:8080/' }
]
const relays = [{ host: 'relay.example', port: 3478, transport: 'udp' as const }]

describe('the softphone of a policy', () => {
  it('is an application that a browser gives a microphone to', () => {
    expect(softphoneProblem({ applications })).toBeNull()
    expect(softphoneProblem({ applications, softphone: { application: 'calls', relays } })).toBeNull()
    expect(softphoneProblem({ applications, softphone: { application: 'local', relays: [] } })).toBeNull()
  })

  it('is told what is wrong with it, and where', () => {
    const problem = (application: string, list = relays) =>
      softphoneProblem({ applications, softphone: { application, relays: list } })
    expect(problem('calss')).toEqual({
      path: ['workspace', 'softphone', 'application'],
      message: 'no application has this id; there are calls, old, local'
    })
    expect(problem('old')?.message).toContain('over https alone')
    expect(problem('calls', [...relays, ...relays])).toEqual({
      path: ['workspace', 'softphone', 'relays', 1],
      message: 'relay.example:3478 is listed twice; leave one'
    })
  })

  it.each([
    [443, 'udp', 'calls.example', [], true],
    [443, 'tcp', 'calls.example', [], false],
    [3478, 'udp', 'calls.example', [], false],
    [443, 'udp', 'relay.example', [], false],
    [443, 'udp', 'relay.example', ['https://relay.example/p/*'], true],
    [443, 'tcp', 'relay.example', ['https://relay.example'], false],
    [443, 'udp', 'a.relay.example', ['https://*.relay.example'], true],
    [443, 'udp', 'relay.example', ['https://*.relay.example'], false],
    [3478, 'udp', 'relay.example', ['http://relay.example:3478'], true],
    [80, 'udp', 'relay.example', ['http://relay.example'], true]
  ] as const)('with a relay at port %i over %s of %s and the sites %j is refused: %s', (...row) => {
    const [port, transport, host, sites, isRefused] = row
    const application = { id: 'calls', url: 'https://calls.example/', sites }
    const problem = softphoneProblem({
      applications: [application],
      softphone: { application: 'calls', relays: [{ host, port, transport }] }
    })
    expect(problem?.path).toEqual(isRefused ? ['workspace', 'softphone', 'relays', 0] : undefined)
    if (isRefused) expect(problem?.message).toContain('write transport: tcp')
  })

  it.each([
    '',
    '*',
    '*.example',
    'relay.example:3478',
    'https://relay.example',
    'a b',
    'Relay.example',
    '-a',
    'a.',
    '::1'
  ])('has no relay at %j', (host) => {
    expect(relaySchema.safeParse({ host, port: 3478, transport: 'udp' }).success).toBe(false)
  })
})
