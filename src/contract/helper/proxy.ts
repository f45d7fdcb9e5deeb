import { z } from 'zod'

/** Main to proxy: the whole list of `host:port` that may be reached. Empty until the first one: everything is refused. */
export const toProxySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('allow'), authorities: z.array(z.string().max(260)).max(1000) })
])
export type ToProxy = z.infer<typeof toProxySchema>

/** Proxy to main. Refusals are counted by host, without path or query. */
export const fromProxySchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('listening'), port: z.number().int().min(1).max(65_535) }),
  z.strictObject({
    kind: z.literal('refused'),
    authority: z.string().max(260),
    count: z.number().int().positive()
  })
])
export type FromProxy = z.infer<typeof fromProxySchema>
