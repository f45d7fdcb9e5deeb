import { account } from './account'
import { alertLife } from './alert-life'
import { blank } from './blank'
import { breakGlass } from './break-glass'
import { cameraRules } from './camera-rules'
import { checkRemedies } from './check-remedies'
import { checks } from './checks'
import { common } from './common'
import { connections } from './connections'
import { consoleMessages } from './console'
import { desktop } from './desktop'
import { devices } from './devices'
import { pace } from './pace'
import { preflight } from './preflight'
import { reports } from './reports'
import { rules } from './rules'
import { shell } from './shell'
import { sites } from './sites'
import { applications } from './applications'
import { vpn } from './vpn'
import { work } from './work'

/** Every text that a person reads, all languages side by side. */
export const catalogue = {
  ...account,
  ...alertLife,
  ...common,
  ...rules,
  ...cameraRules,
  ...checks,
  ...checkRemedies,
  ...connections,
  ...consoleMessages,
  ...devices,
  ...pace,
  ...preflight,
  ...reports,
  ...shell,
  ...sites,
  ...vpn,
  ...work,
  ...applications,
  ...desktop,
  ...blank,
  ...breakGlass
} as const

/** The areas one by one, for the test that no key is claimed twice. */
export const areas = {
  account,
  alertLife,
  common,
  rules,
  cameraRules,
  checks,
  checkRemedies,
  connections,
  consoleMessages,
  devices,
  pace,
  preflight,
  reports,
  shell,
  sites,
  vpn,
  work,
  applications,
  desktop,
  blank,
  breakGlass
} as const

export type MessageKey = keyof typeof catalogue
