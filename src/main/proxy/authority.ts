/** `host:port` as WHATWG URL spells it: lower case, punycode, canonical IP literals, the port always given. */
export type Authority = string

/** Who a request is for, taken apart by the URL parser alone. */
export interface Target {
  readonly authority: Authority
  /** Without the brackets of an IPv6 literal. */
  readonly hostname: string
  readonly port: number
}

/** Characters that end or disguise an authority in one parser or another. None belongs into a host. */
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const DISGUISES = /[\u0000-\u0020\u007f-\u{10ffff}/\\?#@%*"<>^`{|}]/u

/** Reads `host:port` of a CONNECT request or of the list; null unless it is exactly that. */
export function parseAuthority(text: string): Target | null {
  if (text.length > 260 || DISGUISES.test(text) || !/:\d{1,5}$/.test(text)) return null
  return targetOf(`http://${text}/`)
}

/** A target in absolute form (`http://host/path?query`) and the path to ask for; null for anything else. */
export function parseAbsolute(text: string): { readonly target: Target; readonly path: string } | null {
  const match = /^http:\/\/([^/?#]+)(?:[/?]|$)/i.exec(text)
  if (match?.[1] === undefined || DISGUISES.test(match[1])) return null
  const target = targetOf(text)
  if (target === null) return null
  const { pathname, search } = new URL(text)
  return { target, path: pathname + search }
}

function targetOf(url: string): Target | null {
  if (!URL.canParse(url)) return null
  const { protocol, username, password, hostname, port } = new URL(url)
  if (protocol !== 'http:' || username !== '' || password !== '' || hostname === '') return null
  const number = port === '' ? 80 : Number(port)
  if (number === 0) return null
  return {
    authority: `${hostname}:${number}`,
    hostname: hostname.replace(/^\[|\]$/g, ''),
    port: number
  }
}
