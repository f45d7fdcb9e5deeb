import { app, protocol } from 'electron'
import { SCHEME } from '../windows/page'

/**
 * Settings of Chromium that exist only before `ready`. No name is resolved but by the proxy (a prefetch hint would
 * otherwise ask the network), QUIC would go round the proxy, and nothing reports home.
 */
const switches: readonly (readonly [string, string?])[] = [
  ['host-resolver-rules', 'MAP * ~NOTFOUND, EXCLUDE 127.0.0.1'],
  ['disable-quic'],
  ['disable-background-networking'],
  ['disable-component-update'],
  ['disable-domain-reliability'],
  ['no-pings'],
  [
    'disable-features',
    'MediaRouter,DialMediaRouteProvider,OptimizationHints,Translate,AutofillServerCommunication'
  ],
  // A covered window must not be slowed down: the sensor works under the blank.
  ['disable-backgrounding-occluded-windows'],
  ['disable-renderer-backgrounding'],
  ['disable-background-timer-throttling']
]

/** Must be called in the first turn of the program, before `ready`. */
export function setSwitches(): void {
  for (const [name, value] of switches) {
    if (value === undefined) app.commandLine.appendSwitch(name)
    else app.commandLine.appendSwitch(name, value)
  }
  protocol.registerSchemesAsPrivileged([
    {
      scheme: SCHEME,
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        corsEnabled: true,
        stream: true,
        codeCache: true
      }
    }
  ])
}
