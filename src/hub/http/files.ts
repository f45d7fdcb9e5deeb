import { existsSync } from 'node:fs'
import { join } from 'node:path'
import serve from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { sendRefusal } from './errors'

/** Serves the built console; addresses that are no file are the console's own pages. */
export async function serveConsoleFiles(app: FastifyInstance, folder: string | undefined): Promise<void> {
  if (folder === undefined || !existsSync(join(folder, 'index.html'))) {
    app.get('/', (_request, reply) =>
      sendRefusal(reply, {
        code: 'not-found',
        message: 'The console is not built. Run the build, then start the hub again.'
      })
    )
    return
  }
  await app.register(serve, { root: folder, wildcard: false, index: 'index.html', cacheControl: false })
  app.get('/*', async (request, reply) => {
    if (request.url.startsWith('/console/') || /\.[a-z0-9]+$/i.test(request.url.split('?')[0] ?? '')) {
      return sendRefusal(reply, { code: 'not-found', message: 'There is nothing at this address.' })
    }
    return reply.header('cache-control', 'no-cache').sendFile('index.html')
  })
}
