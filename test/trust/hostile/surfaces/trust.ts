import { policy, root, snapshot } from '../documents'
import type { Surface } from '../case'
import type { Workstation } from '../../workstation'
import { rootPath, SNAPSHOT_PATH } from '../../../../src/contract/wire/v1/device'
import { envelopeCases } from './envelope'

/** A round is due again. */
const round = (station: Workstation): Promise<void> => {
  station.skipped += 11 * 60_000
  return station.speak()
}
const records = (what: string) => ({
  form: (field: string) => `${what}: the reply is not the hub's (${field})`,
  unsigned: `${what}: not signed`
})

/** Asked for when a newer one is named: the snapshot of these scenes names version 3 from here on. */
export const policyPath: Surface = {
  path: '/device/v1/policy',
  provoke: (station) => {
    station.skipped += 11 * 60_000
    return station.speak()
  },
  cases: envelopeCases('policy', () => policy(3), records('policy'))
}
export const rootsPath: Surface = {
  path: rootPath(2),
  provoke: round,
  cases: envelopeCases('root', () => root(2), records('root 2'))
}
export const snapshotPath: Surface = {
  path: SNAPSHOT_PATH,
  provoke: round,
  cases: envelopeCases('snapshot', () => snapshot(2, 2), records('snapshot'))
}
