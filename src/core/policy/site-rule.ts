import { z } from 'zod'

/**
 * A further place that an application may reach, taken apart by the URL parser alone. `*.` stands for one name or more
 * below a host, `*` at the end of a path for whatever begins like it. Without a path every path is meant.
 */
export interface SiteRule {
  readonly protocol: 'http:' | 'https:'
  /** As the URL parser spells it; without the `*.`. */
  readonly hostname: string
  readonly below: boolean
  readonly port: string
  /** Null: every path. */
  readonly path: { readonly text: string; readonly isPrefix: boolean } | null
}

const FORM = /^(https?):\/\/(\*\.)?([a-z0-9.-]+|\[[0-9a-f:.]+\])(?::([1-9]\d{0,4}))?(\/[^?#*\\\s]*\*?)?$/
/**
 * What a server may read as a slash, a backslash, an end or a way up, though the URL parser leaves it as it is: also what
 * is escaped twice (`%252e`), and dots before a path parameter (`..;`, RFC 3986 section 3.3), which some cut off first.
 */
const HIDDEN = /%(?:2f|5c|00|25|3b)|\/(?:\.|%2e){1,2};/i

/** The rule, or what is wrong with its text. */
export function readSiteRule(text: string): SiteRule | string {
  const match = FORM.exec(text)
  if (match === null) {
    return 'write it as https://host, https://*.host, https://host:8443 or https://host/path/*, in small letters'
  }
  const [, scheme = '', star, host = '', port = '', path] = match
  const authority = port === '' ? host : `${host}:${port}`
  const plain = `${scheme}://${authority}${path?.replace(/\*$/, '') ?? '/'}`
  if (!URL.canParse(plain)) return 'it is no address'
  const url = new URL(plain)
  if (url.hostname !== host) return `it is another host than it seems: write ${url.hostname}`
  if (path !== undefined && (HIDDEN.test(path) || url.pathname !== path.replace(/\*$/, ''))) {
    return `it is another path than it seems: write ${url.pathname}`
  }
  if (star !== undefined && (!/^[^.]+(?:\.[^.]+)+$/.test(host) || /^[\d.]+$/.test(host))) {
    return 'below a wildcard there has to be a name of two parts or more, such as *.cdn.example'
  }
  if (host.endsWith('.')) return 'leave out the dot at the end of the host'
  return {
    protocol: scheme === 'http' ? 'http:' : 'https:',
    hostname: url.hostname,
    below: star !== undefined,
    port: url.port,
    path: path === undefined ? null : { text: url.pathname, isPrefix: path.endsWith('*') }
  }
}

/** True when a parsed URL of the web is within the rule. A path that a server could read otherwise is in no path's rule. */
export function isWithin(rule: SiteRule, url: URL): boolean {
  if (url.protocol !== rule.protocol || url.port !== rule.port) return false
  const isHost = rule.below ? url.hostname.endsWith(`.${rule.hostname}`) : url.hostname === rule.hostname
  if (!isHost || url.hostname.endsWith('.')) return false
  if (rule.path === null) return true
  if (HIDDEN.test(url.pathname)) return false
  return rule.path.isPrefix ? url.pathname.startsWith(rule.path.text) : url.pathname === rule.path.text
}

/** True when a host and a port are the rule's, at whatever path. */
export function isOfRule(rule: SiteRule, hostname: string, port: number): boolean {
  const isHost = rule.below ? hostname.endsWith(`.${rule.hostname}`) : hostname === rule.hostname
  return isHost && Number(portOf(rule)) === port
}

/** `host:port` as the proxy knows it, with `*.` before a host below which every name is meant. */
export const authorityOfRule = (rule: SiteRule): string =>
  `${rule.below ? '*.' : ''}${rule.hostname}:${portOf(rule)}`

const portOf = ({ protocol, port }: SiteRule): string =>
  port === '' ? (protocol === 'https:' ? '443' : '80') : port

/** A site rule as an author writes it. */
export const siteRuleSchema = z
  .string()
  .max(300)
  .check(({ value, issues }) => {
    const read = readSiteRule(value)
    if (typeof read === 'string') issues.push({ code: 'custom', input: value, message: read })
  })
