import type { Effect } from './effect'
import type { ComplianceEvent } from './event'
import type { ComplianceState } from './state'

/** The first state of every session: hidden, nothing known. */
export const initialState: ComplianceState = {
  desk: 'starting',
  person: null,
  sceneComplete: false,
  cameraLost: false,
  sensorSilent: false,
  policyInForce: false,
  graceOver: false,
  unsettled: false,
  reasons: [],
  helpAsked: false
}

/** Makes ids of alerts; passed in, since chance is not pure. */
export type NewId = () => string

/** One step of the desk: the next state, and what must happen because of it. */
export function reduce(
  state: ComplianceState,
  event: ComplianceEvent,
  newId: NewId
): readonly [ComplianceState, readonly Effect[]] {
  void event
  void newId
  return [state, []]
}
