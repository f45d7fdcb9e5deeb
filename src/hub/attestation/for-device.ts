import type { Flavour } from '../../core/flavour'
import type { Outcome } from '../outcome'
import type { Database, Queries } from '../store/open'
import { appendStream } from '../stream/append'
import { acceptFlavour } from './flavour'
import { acceptSequence, type WorkstationRow } from './sequence'
import type { ProvenClaims } from './proof'

export interface HandOutSettings {
  readonly acceptFlavours: readonly Flavour[]
  readonly now: Date
}

/** Gives a device something of its organisation, once its proof and its flavour are accepted; else the refusal. */
export function forDevice<T>(
  db: Database,
  claims: ProvenClaims,
  settings: HandOutSettings,
  give: (tx: Queries, row: WorkstationRow) => Promise<Outcome<T>>
): Promise<Outcome<T>> {
  return db.transaction(async (tx) => {
    const device = await acceptSequence(tx, claims, settings.now)
    if (!device.ok) return device
    const { row, demo, newRun } = device.value
    if (newRun) await appendStream(tx, row, [{ kind: 'tile', subject: row.id }], settings.now)
    const flavour = acceptFlavour(row.flavour, settings.acceptFlavours, demo)
    return flavour.ok ? give(tx, row) : flavour
  })
}
