import { hookBodySchema, type HookBody } from '../../contract/wire/v1/hook'

/** What a stored message says. Links are stored without the console's origin, which is known only while it is served. */
export const readBody = (body: string): HookBody => hookBodySchema.parse(JSON.parse(body))

/** The same with its link whole. */
export function withOrigin(body: string, origin: string): string {
  const read = readBody(body)
  if (!('link' in read.data)) return body
  return JSON.stringify({ ...read, data: { ...read.data, link: new URL(read.data.link, origin).href } })
}
