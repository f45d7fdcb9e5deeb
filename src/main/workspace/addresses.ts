import type { SoftphoneReach } from '../../contract/helper/proxy'
import type { Application, Policy } from '../../core/policy/policy'
import { authorityOfRule, isWithin, readSiteRule, type SiteRule } from '../../core/policy/site-rule'

/** The origin that an application starts at: its own. */
export const originOf = (application: Application): string => new URL(application.url).origin

/** `host:port` as the proxy knows it. */
export function authorityOf(application: Application): string {
  const url = new URL(application.url)
  const port = url.port === '' ? (url.protocol === 'https:' ? '443' : '80') : url.port
  return `${url.hostname}:${port}`
}

/** Every authority that the proxy may reach for these applications, each once. */
export const authoritiesOf = (applications: readonly Application[]): string[] => [
  ...new Set(applications.flatMap((one) => [authorityOf(one), ...sitesOf(one).map(authorityOfRule)]))
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

/** What an application may reach beside its own origin. A rule that cannot be read allows nothing. */
const sitesOf = ({ sites = [] }: Application): readonly SiteRule[] =>
  sites.map(readSiteRule).filter((rule) => typeof rule !== 'string')

/**
 * True when a URL stays on the application's origin or within its sites. A web socket counts as the place it is opened to.
 */
export function staysOn(application: Application, url: string): boolean {
  if (!URL.canParse(url)) return false
  const parsed = new URL(url)
  if (parsed.username !== '' || parsed.password !== '') return false
  if (parsed.protocol === 'blob:') {
    const isWeb = parsed.origin.startsWith('https:') || parsed.origin.startsWith('http:')
    return isWeb && isListed(application, new URL(parsed.origin))
  }
  const web = parsed.protocol === 'ws:' ? 'http:' : parsed.protocol === 'wss:' ? 'https:' : parsed.protocol
  if (web !== 'http:' && web !== 'https:') return false
  return isListed(application, new URL(`${web}//${parsed.host}${parsed.pathname}`))
}

const isListed = (application: Application, url: URL): boolean =>
  url.origin === originOf(application) || sitesOf(application).some((rule) => isWithin(rule, url))
