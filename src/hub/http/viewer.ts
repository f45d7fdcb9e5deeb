import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { refuse, type Outcome } from '../outcome'
import type { Viewer } from '../people/console-session'
import { answer } from './errors'

/** Who asks. The guard lets nobody through to a route that needs somebody. */
export function viewerBehind(request: FastifyRequest): Viewer {
  if (request.viewer === null) throw new Error('a route that is for anyone asks who it is')
  return request.viewer
}

/** Answers with what a viewer gets. */
export async function withViewer<T>(
  request: FastifyRequest,
  reply: FastifyReply,
  run: (viewer: Viewer) => Promise<Outcome<T>>
): Promise<FastifyReply> {
  return answer(reply, await run(viewerBehind(request)))
}

/** What is not the form of a name names nothing. */
export function withId<T>(id: string, run: (id: string) => Promise<Outcome<T>>): Promise<Outcome<T>> {
  if (z.uuid().safeParse(id).success) return run(id)
  return Promise.resolve(refuse('not-found', 'There is nothing of that name in your team.'))
}
