import { z } from 'zod'

/** Where a connection may leave by: from the tunnel's addresses, to anywhere else than the tunnel's own far ends. */
export const wayOutSchema = z.strictObject({
  /** Local addresses that a connection may have. */
  sources: z.array(z.string().max(64)).max(64),
  /** Remote addresses that are reached outside the tunnel by the policy's word. */
  apart: z.array(z.string().max(64)).max(16)
})
export type WayOut = z.infer<typeof wayOutSchema>

/**
 * Main to proxy: the whole list of `host:port` that may be reached, and through which tunnel, if any. Empty until the
 * first one: everything is refused.
 */
export const toProxySchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('allow'),
    authorities: z.array(z.string().max(260)).max(1000),
    wayOut: wayOutSchema.optional()
  })
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
