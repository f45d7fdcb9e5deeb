/** Headers that concern one connection only and are not passed on. */
const HOP_BY_HOP = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host'
])

/** What the body of a request is framed by; `smuggling` when two parsers could disagree about where it ends. */
export type Framing = 'none' | 'length' | 'chunked' | 'smuggling'

type RawHeaders = readonly string[]

/** Pairs of a raw header list, in order and spelling. */
export function pairsOf(raw: RawHeaders): (readonly [string, string])[] {
  const pairs: [string, string][] = []
  for (let index = 0; index + 1 < raw.length; index += 2) pairs.push([raw[index] ?? '', raw[index + 1] ?? ''])
  return pairs
}

/** Judges the framing headers of a request more strictly than any parser has to. */
export function framingOf(raw: RawHeaders): Framing {
  const values = (name: string): string[] =>
    pairsOf(raw)
      .filter(([key]) => key.toLowerCase() === name)
      .map(([, value]) => value)
  const lengths = values('content-length')
  const codings = values('transfer-encoding')
  if (lengths.length + codings.length > 1) return 'smuggling'
  if (codings[0] !== undefined) return codings[0].toLowerCase() === 'chunked' ? 'chunked' : 'smuggling'
  if (lengths[0] === undefined) return 'none'
  return /^\d{1,15}$/.test(lengths[0]) ? 'length' : 'smuggling'
}

/** Everything that is for the other end, without what `Connection` names and without the first host's spelling. */
export function endToEnd(raw: RawHeaders): (readonly [string, string])[] {
  const pairs = pairsOf(raw)
  const named = pairs
    .filter(([name]) => /^(proxy-)?connection$/i.test(name))
    .flatMap(([, value]) => value.split(',').map((token) => token.trim().toLowerCase()))
  const dropped = new Set([...HOP_BY_HOP, ...named])
  dropped.delete('content-length') // the frame of a body is not the sender's to take away
  return pairs.filter(([name]) => !dropped.has(name.toLowerCase()))
}
