import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@playwright/test'
import { DeskScene } from './app'

/** A self-signed certificate as openssl makes it, and a server that counts what is asked of it. */
function certificateOf(folder: string): { readonly key: Buffer; readonly cert: Buffer } {
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const kind = [
    'req',
    '-x509',
    '-newkey',
    'ec',
    '-pkeyopt',
    'ec_paramgen_curve:P-256',
    '-nodes',
    '-days',
    '2'
  ]
  execFileSync('openssl', [...kind, ...subject, '-keyout', key, '-out', cert], { stdio: 'ignore' })
  return { key: readFileSync(key), cert: readFileSync(cert) }
}

test.describe('C4 a certificate that is not valid', () => {
  let scene: DeskScene
  let server: Server
  let folder: string
  let url: string
  const asked: string[] = []

  test.beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'hd-tls-'))
    server = createServer(certificateOf(folder), (request, response) => {
      asked.push(request.url ?? '')
      response.writeHead(200, { 'content-type': 'text/html' })
      response.end('<!doctype html><html lang="en"><title>Records</title><h1>Sample Member 0042</h1></html>')
    })
    server.on('upgrade', (request, socket) => {
      asked.push(request.url ?? '')
      socket.destroy()
    })
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
    url = `https://127.0.0.1:${String((server.address() as AddressInfo).port)}/`
    const applications = [{ id: 'records', title: 'Member records', url }]
    scene = await DeskScene.launch({ courier: { policy: { workspace: { applications } } } })
    await scene.waitForDesk('signed-out')
    await scene.see('clear')
    await scene.signIn()
    await scene.waitForDesk('shown')
  })
  test.afterAll(async () => {
    await scene.close()
    server.closeAllConnections()
    await new Promise((done) => server.close(done))
    rmSync(folder, { recursive: true })
  })

  test('opens nothing, says why, and is refused again when it is asked for again', async () => {
    const shell = await scene.window('shell')
    await expect(shell.getByRole('heading', { name: 'Member records was not opened' })).toBeVisible()
    await expect(shell.getByText('somebody whom this computer does not trust')).toBeVisible()
    mkdirSync('test-results/pictures', { recursive: true })
    execFileSync('import', ['-silent', '-window', 'root', 'test-results/pictures/site-certificate.png'])
    await shell.getByRole('button', { name: 'Try again' }).click()
    await expect(shell.getByRole('heading', { name: 'Member records was not opened' })).toBeVisible()
    await scene.waitForRecord(
      (body) => body.code === 'host-refused' && String(body.detail).includes('CERT_AUTHORITY_INVALID')
    )
    expect(asked).toEqual([])
  })

  test('gets no sub-request, web socket or worker of a page that was there before', async () => {
    // The page is let in once, by a hand in main, with a second certificate: Chromium remembers its verdict on the first.
    // Then comes a third one, and the verdict is the program's own again.
    server.setSecureContext(certificateOf(folder))
    await scene.app.evaluate(async ({ webContents }, url) => {
      const view = webContents.getAllWebContents().find((one) => one.getURL().startsWith('https'))
      const own = view?.session
      if (view === undefined || own === undefined) throw new Error('there is no view')
      own.setCertificateVerifyProc((_request, answer) => answer(0))
      await own.closeAllConnections()
      await view.loadURL(url)
      own.setCertificateVerifyProc((_request, answer) => answer(-3))
    }, url)
    expect(asked).toContain('/')
    server.setSecureContext(certificateOf(folder))
    await scene.app.evaluate(async ({ webContents }) => {
      const view = webContents.getAllWebContents().find((one) => one.getURL().startsWith('https'))
      await view?.session.closeAllConnections()
    })
    asked.length = 0
    const page = await scene.workspace()
    const answers = await page.evaluate(async () => {
      const socket = new Promise((done) => {
        const one = new WebSocket(location.href.replace('https', 'wss'))
        one.onopen = () => done('open')
        one.onerror = () => done('refused')
      })
      const image = new Promise((done) => {
        const one = new Image()
        one.onload = () => done('open')
        one.onerror = () => done('refused')
        one.src = '/image'
      })
      const fetched = fetch('/fetch', { method: 'POST', body: 'x' }).then(
        () => 'open',
        () => 'refused'
      )
      const worker = navigator.serviceWorker.register('/worker.js').then(
        () => 'open',
        () => 'refused'
      )
      navigator.sendBeacon('/beacon', 'x')
      return await Promise.all([socket, image, fetched, worker])
    })
    expect(answers).toEqual(['refused', 'refused', 'refused', 'refused'])
    expect(asked).toEqual([])
  })
})
