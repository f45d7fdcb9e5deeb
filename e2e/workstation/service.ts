import { spawn, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'

/** The built service, for the user of the scenes, at the socket where a desk with this data folder asks. */
export async function startService(
  data: string,
  environment: Readonly<Record<string, string>> = {}
): Promise<ChildProcess> {
  const child = spawn(
    process.execPath,
    ['out/test/service/service.js', `--socket=${join(data, 'service.sock')}`],
    { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, ...environment } }
  )
  await new Promise<void>((ready, gone) => {
    child.once('exit', () => gone(new Error('the service did not start')))
    child.stderr.on('data', (bytes: Buffer) => {
      if (bytes.toString().includes('"listening"')) ready()
    })
  })
  return child
}
