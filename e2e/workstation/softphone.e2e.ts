import { expect, test, type Page } from '@playwright/test'
import { requires } from '../../test/requires'
import { DeskScene } from './app'
import { openOutside, tryEverything, type Outside } from './everything-site'
import { openSite, type Site } from './site'
import { openTurnServer, type TurnServer } from './turn-server'

interface Call {
  /** Kinds of the addresses that the page offers (RFC 8839): `relay` is the media relay's. */
  readonly candidates: readonly string[]
  /** What arrived at the other end of the call. */
  readonly audioPackets: number
  readonly text: string
}

/** Runs in the page: a call from itself to itself by the relays, with the microphone when it is given. */
async function call({ servers, limitMs }: { servers: RTCIceServer[]; limitMs: number }): Promise<Call> {
  const settings: RTCConfiguration = { iceServers: servers }
  const [here, there] = [new RTCPeerConnection(settings), new RTCPeerConnection(settings)]
  const candidates: string[] = []
  for (const [one, other] of [
    [here, there],
    [there, here]
  ] as const) {
    one.onicecandidate = ({ candidate }) => {
      if (candidate === null) return
      candidates.push(candidate.type ?? candidate.candidate)
      void other.addIceCandidate(candidate)
    }
  }
  const microphone = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null)
  for (const track of microphone?.getTracks() ?? []) here.addTrack(track)
  const arrived = new Promise<string>((done) => {
    there.ondatachannel = ({ channel }) => (channel.onmessage = ({ data }) => done(String(data)))
  })
  const channel = here.createDataChannel('x')
  channel.onopen = () => channel.send('hello by the relay')
  await here.setLocalDescription(await here.createOffer())
  await there.setRemoteDescription(here.localDescription!)
  await there.setLocalDescription(await there.createAnswer())
  await here.setRemoteDescription(there.localDescription!)
  const until = performance.now() + limitMs
  let audioPackets = 0
  const text = await Promise.race([arrived, new Promise<string>((done) => setTimeout(done, limitMs, ''))])
  while (text !== '' && microphone !== null && audioPackets < 20 && performance.now() < until) {
    await new Promise((next) => setTimeout(next, 100))
    for (const report of (await there.getStats()).values()) {
      if (report.type === 'inbound-rtp' && report.kind === 'audio') audioPackets = report.packetsReceived
    }
  }
  for (const track of microphone?.getTracks() ?? []) track.stop()
  here.close()
  there.close()
  return { candidates: [...new Set(candidates)], audioPackets, text }
}

/** Runs in the page: what it is given of what it asks for, by name of the error else. */
async function ask(): Promise<Record<string, string>> {
  const wishes: Record<string, () => Promise<unknown>> = {
    microphone: () => navigator.mediaDevices.getUserMedia({ audio: true }),
    camera: () => navigator.mediaDevices.getUserMedia({ video: true }),
    both: () => navigator.mediaDevices.getUserMedia({ audio: true, video: true }),
    screen: () => navigator.mediaDevices.getDisplayMedia({ video: true })
  }
  const answers: Record<string, string> = {}
  for (const [name, wish] of Object.entries(wishes)) {
    answers[name] = await wish().then(
      () => 'granted',
      (error: unknown) => (error as Error).name
    )
  }
  return answers
}

test.describe('C1 C3 the softphone', () => {
  let scene: DeskScene
  let calls: Site
  let records: Site
  let turn: TurnServer
  let outside: Outside
  /** What was opened: a start that fails half way leaves nothing behind. */
  const opened: { close(): Promise<unknown> }[] = []

  test.beforeAll(async () => {
    requires(test.info(), 'turn')
    calls = await openSite('<h1>Calls</h1>')
    records = await openSite()
    turn = await openTurnServer()
    outside = await openOutside()
    opened.push(calls, records, turn, outside)
    const workspace = {
      applications: [
        { id: 'calls', title: 'Calls', url: calls.url },
        { id: 'records', title: 'Member records', url: records.url }
      ],
      softphone: {
        application: 'calls',
        relays: [{ host: '127.0.0.1', port: turn.port, transport: 'udp' }]
      }
    }
    scene = await DeskScene.launch({
      courier: { policy: { workspace } },
      // A camera and a microphone that are there to be had: what is refused is refused by us.
      arguments: ['--use-fake-device-for-media-stream']
    })
    opened.push(scene)
    await scene.waitForDesk('signed-out')
    await scene.see('clear')
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(async () => {
    for (const one of opened.reverse()) await one.close()
  })

  const servers = (port: number): RTCIceServer[] =>
    ['udp', 'tcp'].map((transport) => ({
      urls: `turn:127.0.0.1:${String(port)}?transport=${transport}`,
      ...turn.user
    }))
  const pageAt = (url: string): Page | undefined => scene.app.windows().find((page) => page.url() === url)

  test('has the microphone and its relay, and nothing else', async () => {
    const page = await scene.workspace()
    expect(page.url()).toBe(calls.url)
    expect(await page.evaluate(ask)).toEqual({
      microphone: 'granted',
      camera: 'NotAllowedError',
      both: 'NotAllowedError',
      screen: expect.stringMatching(/NotAllowedError|NotSupportedError/)
    })
    const own = await page.evaluate(call, { servers: servers(turn.port), limitMs: 15_000 })
    expect(own.text).toBe('hello by the relay')
    expect(own.audioPackets).toBeGreaterThanOrEqual(20)
    expect(own.candidates).toEqual(['relay'])
    expect(turn.log()).toMatch(/ALLOCATE processed, success/)

    const other = await page.evaluate(call, { servers: servers(outside.port), limitMs: 2000 })
    expect(other).toMatchObject({ candidates: [], text: '' })
    for (const host of ['127.0.0.1', 'localhost', '[::1]']) {
      const at = `${host}:${String(outside.port)}`
      await page.goto(calls.url)
      await page.evaluate(tryEverything, { to: `http://${at}/t/`, stun: at })
    }
    expect(outside.counts).toEqual({ connections: 0, bytes: 0 })
    await scene.waitForRecord(
      (body) => body.code === 'navigation-refused' && String(body.detail).includes('video')
    )
  })

  test('is one tab: another has neither the microphone nor the relay', async () => {
    const shell = await scene.window('shell')
    await shell.evaluate(() => window.havendesk.openApplication('records'))
    await expect.poll(() => pageAt(records.url) !== undefined).toBe(true)
    const page = pageAt(records.url)!
    expect(await page.evaluate(ask)).toMatchObject({
      microphone: 'NotAllowedError',
      camera: 'NotAllowedError',
      both: 'NotAllowedError'
    })
    const said = turn.log().length
    const other = await page.evaluate(call, { servers: servers(turn.port), limitMs: 2000 })
    expect(other).toMatchObject({ candidates: [], text: '' })
    expect(turn.log().slice(said)).not.toContain('ALLOCATE')
  })
})
