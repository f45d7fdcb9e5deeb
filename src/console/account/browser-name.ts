/** What browsers say of themselves, the more particular first: Edge says Chrome too, and Chrome says Safari. */
const browsers = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\b(OPR|Opera)\//, 'Opera'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Headless)?(Chrome|CriOS)\//, 'Chrome'],
  [/\bSafari\//, 'Safari']
] as const

const systems = [
  [/\b(iPhone|iPad)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux']
] as const

/**
 * A browser by the names that people know, from the header it sends (RFC 9110 section 10.1.5): “Chrome · Windows”. What is
 * not known stays as it was sent. It is the browser's own word and decides nothing.
 */
export function browserName(sent: string): string {
  const browser = browsers.find(([pattern]) => pattern.test(sent))?.[1]
  const system = systems.find(([pattern]) => pattern.test(sent))?.[1]
  const known = [browser, system].filter((part) => part !== undefined)
  return known.length === 0 ? sent : known.join(' · ')
}
