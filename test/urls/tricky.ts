/**
 * URLs by which one parser is made to see another host than the next, written from the classes that the URL standard
 * (url.spec.whatwg.org) and its test data describe. Each is decided as the WHATWG parser reads it, never as text.
 */

/** The one application that everything is held against. */
export const application = { id: 'records', title: 'Records', url: 'https://records.example:8443/start' }
const HOST = 'records.example'
const EVIL = 'evil.example'
const OWN = `${HOST}:8443`

/** What may stand between a scheme and a host, or in place of the slashes. */
const slashes = [
  '//',
  '/',
  '',
  '\\\\',
  '\\/',
  '/\\',
  '////',
  '///',
  '//\\',
  '/ /',
  '//\t',
  '\n//',
  '//\r\n',
  '//./',
  '//?',
  '//#'
]
const schemes = [
  'https:',
  'HTTPS:',
  'hTtPs:',
  ' https:',
  '\thttps:',
  'ht\ttps:',
  'https\n:',
  '\u0000https:',
  'https :',
  'https：'
]
const others = [
  'http:',
  'ws:',
  'wss:',
  'ftp:',
  'file:',
  'data:',
  'javascript:',
  'blob:https:',
  'view-source:https:',
  'filesystem:https:',
  'about:',
  'chrome:',
  'devtools:',
  'app:',
  'mailto:',
  'intent:',
  'feed:https:',
  'jar:https:',
  'x-https:',
  'httpss:'
]
/** Ways to write a host, or to hide one behind another. */
const hosts = [
  OWN,
  `${HOST}:08443`,
  `${HOST}:0000008443`,
  'RECORDS.EXAMPLE:8443',
  'records。example:8443',
  'ｒｅｃｏｒｄｓ.example:8443',
  'records%2eexample:8443',
  'rec%6frds.example:8443',
  'records.ex\u00adample:8443',
  'records.ex\tample:8443',
  'records.example.:8443',
  'records..example:8443',
  '.records.example:8443',
  'records.example',
  'records.example:',
  'records.example:443',
  'records.example:84430',
  'records.example:65536',
  'records.example:-8443',
  'records.example:8443:8443',
  'records.example: 8443',
  'rеcords.example:8443',
  'xn--rcords-5cd.example:8443',
  `${OWN}.${EVIL}`,
  `${HOST}.${EVIL}:8443`,
  `${HOST}%00.${EVIL}:8443`,
  `${HOST}%2f.${EVIL}:8443`,
  `${HOST}%23@${EVIL}:8443`,
  `${HOST}%40${EVIL}:8443`,
  `${HOST}\u0000.${EVIL}:8443`,
  `sub.${OWN}`,
  `not${OWN}`,
  `${OWN}@${EVIL}`,
  `${OWN}:x@${EVIL}:8443`,
  `user@${OWN}`,
  `user:pass@${OWN}`,
  `:@${OWN}`,
  `@${OWN}`,
  `@@${OWN}`,
  `${EVIL}@${OWN}`,
  `${EVIL}%40${OWN}`,
  `${EVIL}#@${OWN}`,
  `${EVIL}?@${OWN}`,
  `${EVIL}/@${OWN}`,
  `${EVIL}\\@${OWN}`,
  `${EVIL};@${OWN}`,
  `${EVIL}:8443#${OWN}`,
  `${EVIL}\\.${OWN}`,
  `${EVIL}/.${OWN}`,
  `${OWN}\\@${EVIL}`,
  `${OWN}/@${EVIL}`,
  `${OWN}?@${EVIL}`,
  `${OWN}#@${EVIL}`,
  `${OWN}\\..\\${EVIL}`,
  `${OWN}//${EVIL}`,
  `[::1]:8443`,
  `[::ffff:127.0.0.1]:8443`,
  `[records.example]:8443`,
  '127.0.0.1:8443',
  '127.1:8443',
  '0x7f.1:8443',
  '2130706433:8443',
  '0177.0.0.1:8443',
  '127.0.0.1.:8443',
  '256.256.256.256:8443',
  'localhost:8443'
]
const whole = [
  '',
  ' ',
  '#',
  '?x',
  '/',
  '/start',
  '//records.example:8443/',
  'records.example:8443/start',
  '\\\\records.example:8443\\',
  'blob:https://records.example:8443/6f2c',
  'blob:https://evil.example/6f2c',
  'blob:null/6f2c',
  'blob:blob:https://records.example:8443/1',
  'data:text/html,<script src=https://records.example:8443/></script>',
  'javascript://records.example:8443/%0aalert(1)',
  'javascript:location="https://records.example:8443/"',
  'about:blank',
  'about:srcdoc',
  'about:blank#https://records.example:8443/',
  'view-source:https://records.example:8443/',
  'file://records.example:8443/etc/passwd',
  'https://records.example:8443/%2e%2e/%2e%2e/',
  'https://records.example:8443/../../evil.example',
  'https://records.example:8443/;@evil.example/',
  'https://records.example:8443/?next=https://evil.example/',
  'https://records.example:8443/#https://evil.example/',
  `https://records.example:8443/${'a'.repeat(5000)}`,
  `https://${'a'.repeat(300)}.example:8443/`,
  'https://records.example:8443\u2028/',
  'https://records.example:8443\u3002/',
  'https://records.example\uff0f.evil.example:8443/',
  'https://records.example\u2044.evil.example:8443/',
  'https://evil.example\uff03records.example:8443/',
  'https://evil.example\uff20records.example:8443/'
]

/** Each once. */
export const trickyUrls: readonly string[] = [
  ...new Set([
    ...schemes.flatMap((scheme) => slashes.map((slash) => `${scheme}${slash}${OWN}/`)),
    ...others.flatMap((scheme) => [`${scheme}//${OWN}/`, `${scheme}${OWN}/`]),
    ...hosts.flatMap((host) => [`https://${host}/`, `wss://${host}`, `//${host}/`]),
    ...whole
  ])
]
