import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import sharp from 'sharp'
import type { Children } from './children'
import { Framebuffer } from './framebuffer'

/** A virtual screen of our own whose pixels can be read from outside. */
export interface Display {
  readonly name: string
  readonly framebuffer: Framebuffer
  /** Saves what is on the screen as PNG. */
  screenshot(file: string): Promise<void>
  /** Brightest channel anywhere on a grid of the screen, 0 when all of it is black. */
  brightest(step?: number): number
  close(): void
}

/** Starts Xvfb on a free display number, with a window manager as a kiosk session has one. */
export async function startDisplay(children: Children, width = 1280, height = 800): Promise<Display> {
  const folder = mkdtempSync(join(tmpdir(), 'havendesk-screen-'))
  const size = `${String(width)}x${String(height)}x24`
  const args = ['-displayfd', '3', '-screen', '0', size, '-noreset', '-nolisten', 'tcp', '-fbdir', folder]
  const server = children.start('Xvfb', args, { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] })
  const name = `:${await displayNumber(server.stdio[3] as Readable)}`
  children.start('openbox', [], { stdio: 'ignore', env: { ...process.env, DISPLAY: name } })
  const framebuffer = new Framebuffer(folder)
  return {
    name,
    framebuffer,
    screenshot: async (file) => {
      const raw = { width: framebuffer.width, height: framebuffer.height, channels: 3 as const }
      await sharp(framebuffer.rgb(), { raw }).png().toFile(file)
    },
    brightest: (step = 8) => framebuffer.brightest(step),
    close: () => {
      framebuffer.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

function displayNumber(pipe: Readable): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Xvfb did not start within 10 s')), 10_000)
    pipe.once('data', (chunk: Buffer) => {
      clearTimeout(timer)
      resolve(chunk.toString().trim())
    })
    pipe.once('error', reject)
  })
}
