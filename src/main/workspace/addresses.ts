import type { SoftphoneReach } from '../../contract/helper/proxy'
import type { Application, Policy } from '../../core/policy/policy'

/** The one origin an application may reach. */
export const originOf = (application: Application): string => new URL(application.url).origin

/** `host:port` as the proxy knows it. */
export function authorityOf(application: Application): string {
  const url = new URL(application.url)
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  return `${url.hostname}:${port}`
}

/** Every authority that the proxy may reach for these applications, each once. */
export const authoritiesOf = (applications: readonly Application[]): string[] => [
  ...new Set(applications.map(authorityOf))
]

/** What the softphone of a workspace may reach; undefined where there is none. */
export function softphoneReachOf({
  applications,
  softphone
}: Policy['workspace']): SoftphoneReach | undefined {
  if (softphone === undefined) return undefined
  const relays = softphone.relays.map(({ host, port, transport }) => ({
    authority: `${host}:${String(port)}`,
    transport
  }))
  return { authorities: authoritiesOf(applications.filter(({ id }) => id === softphone.application)), relays }
}

/** True when a URL stays on the application's origin. A web socket counts as the origin it is opened from. */
export function staysOn(application: Application, url: string): boolean {
  if (!URL.canParse(url)) return false
  const parsed = new URL(url)
  if (parsed.username !== '' || parsed.password !== '') return false
  if (parsed.protocol === 'blob:') return parsed.origin === originOf(application)
  const web = parsed.protocol === 'ws:' ? 'http:' : parsed.protocol === 'wss:' ? 'https:' : parsed.protocol
  if (web !== 'http:' && web !== 'https:') return false
  return new URL(`${web}//${parsed.host}`).origin === originOf(application)
}
