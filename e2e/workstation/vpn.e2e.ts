import { execFileSync } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { expect, test } from '@playwright/test'
import { DeskScene } from './app'
import { greenPage, greenPixels } from './screen'
import { openSite, type Site } from './site'

// Real tunnels that come and go are in test/vpn; here the real client stands where there is none.
test.describe('D11 a desk whose policy asks for a VPN that is not there', () => {
  let scene: DeskScene
  let site: Site
  test.beforeAll(async () => {
    site = await openSite(greenPage)
    const vpn = {
      response: 'blank',
      kind: 'openvpn',
      interfaces: ['havendesk-none'],
      handshakeMaxAgeMs: null,
      peers: [],
      probe: { host: '127.0.0.1', port: Number(new URL(site.url).port) },
      endpoints: []
    }
    const applications = [{ id: 'records', title: 'Records', url: site.url }]
    scene = await DeskScene.launch({ courier: { policy: { vpn, workspace: { applications } } } })
  })
  test.afterAll(async () => {
    await scene.close()
    await site.close()
  })

  test('is covered with words about it, loads nothing, and tells the hub', async () => {
    await scene.waitForDesk('signed-out')
    await scene.see('clear')
    await scene.signIn()
    await scene.waitForDesk('hidden')
    expect((await scene.shellState()).reasons.map(({ rule }) => rule)).toEqual(['vpn-lost'])
    expect(await scene.blanks()).toEqual([true])
    const blank = await scene.window('blank')
    await expect(blank.getByText('Your VPN is not protecting this computer.')).toBeVisible()
    await expect(blank.getByText('Open your VPN app and connect.')).toBeVisible()
    await scene.waitForRecord((body) => JSON.stringify(body).includes('"rule":"vpn-lost"'))
    expect(greenPixels()).toBe(0)
    expect(site.asked).toEqual([])
    mkdirSync('test-results/pictures', { recursive: true })
    execFileSync('import', ['-silent', '-window', 'root', 'test-results/pictures/vpn-lost.png'])
  })
})
