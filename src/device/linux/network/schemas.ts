/** What is read of iproute2's JSON. It says much more, and newer ones more still: the rest is left alone. */
import { z } from 'zod'

const rawLink = z.looseObject({
  ifname: z.string(),
  flags: z.array(z.string()),
  link_type: z.string().default('unknown'),
  linkinfo: z.looseObject({ info_kind: z.string().optional() }).optional(),
  addr_info: z.array(z.looseObject({ local: z.string().optional() })).default([])
})
export type RawLink = z.infer<typeof rawLink>
/** `ip -j addr show` prints empty objects for what it leaves out. */
export const addressList = z
  .array(z.union([rawLink, z.strictObject({})]))
  .transform((all) => all.filter((one): one is RawLink => 'ifname' in one))

const route = z.looseObject({
  dst: z.string(),
  type: z.string().optional(),
  table: z.string().optional(),
  dev: z.string().optional(),
  pref: z.string().optional(),
  nexthops: z.array(z.looseObject({ dev: z.string().optional() })).default([])
})
export type Route = z.infer<typeof route>
export const routeList = z.array(route)
