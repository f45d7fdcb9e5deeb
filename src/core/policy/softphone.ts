import { z } from 'zod'
import { isOfRule, readSiteRule, type SiteRule } from './site-rule'

/** A media relay (TURN, RFC 8656) that calls may go through. Nothing of a call goes anywhere else. */
export const relaySchema = z.strictObject({
  /** A name or an IPv4 address, without a port and without wildcards, in small letters. */
  host: z
    .string()
    .max(253)
    .regex(
      /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/,
      'a host name or an IPv4 address in small letters, without a port'
    ),
  /** 3478 is TURN's own, 5349 that of TURN over TLS. */
  port: z.number().int().min(1).max(65_535),
  /**
   * How the desk reaches it: `udp`, which the program makes of the tab's TURN over TCP, or `tcp`, which also carries TURN
   * over TLS. The tab asks for `turn:host:port?transport=tcp` (or `turns:`) either way.
   */
  transport: z.enum(['udp', 'tcp'])
})
export type Relay = z.infer<typeof relaySchema>

/** The one tab that may have the microphone. No tab ever has the camera. */
export const softphoneSchema = z.strictObject({
  /** The `id` of an application of the workspace. */
  application: z.string().min(1).max(40),
  relays: z.array(relaySchema).max(20)
})
export type Softphone = z.infer<typeof softphoneSchema>

interface Workspace {
  readonly applications: readonly {
    readonly id: string
    readonly url: string
    readonly sites?: readonly string[] | undefined
  }[]
  readonly softphone?: Softphone | undefined
}

/** Hosts that a browser takes for secure without a certificate. */
const isLoopback = (hostname: string): boolean =>
  hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/.test(hostname)

/** What is wrong with the softphone of a workspace, and where; null when nothing is. */
export function softphoneProblem({
  applications,
  softphone
}: Workspace): { readonly path: (string | number)[]; readonly message: string } | null {
  if (softphone === undefined) return null
  const path = ['workspace', 'softphone']
  const application = applications.find(({ id }) => id === softphone.application)
  if (application === undefined) {
    const ids = applications.map(({ id }) => id).join(', ')
    return { path: [...path, 'application'], message: `no application has this id; there are ${ids}` }
  }
  if (!URL.canParse(application.url)) return null // told where it stands
  const { protocol, hostname } = new URL(application.url)
  if (protocol !== 'https:' && !isLoopback(hostname)) {
    const message = 'a page gets a microphone over https alone; change the url of this application'
    return { path: [...path, 'application'], message }
  }
  const keys = softphone.relays.map(({ host, port }) => `${host}:${String(port)}`)
  const twice = keys.findIndex((key, index) => keys.indexOf(key) !== index)
  if (twice >= 0) {
    return { path: [...path, 'relays', twice], message: `${keys[twice] ?? ''} is listed twice; leave one` }
  }
  // A tunnel to such a place carries TURN alone: the page itself would not come through it.
  const rules = rulesOf(application)
  const doubled = softphone.relays.findIndex(
    ({ host, port, transport }) => transport === 'udp' && rules.some((rule) => isOfRule(rule, host, port))
  )
  if (doubled >= 0) {
    const message =
      `the application is to reach ${keys[doubled] ?? ''} as a site, and could do so no more; write transport: tcp, ` +
      'give the relay another port or host, or narrow what sites lists'
    return { path: [...path, 'relays', doubled], message }
  }
  return null
}

/** The application's own origin and its sites. What cannot be read is told where it stands. */
const rulesOf = ({ url, sites = [] }: Workspace['applications'][number]): readonly SiteRule[] =>
  [new URL(url).origin, ...sites].map(readSiteRule).filter((rule) => typeof rule !== 'string')
