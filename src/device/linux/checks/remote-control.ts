import { judgeRemoteControl } from '../../../core/check/judge/remote-control'
import type { Check } from '../../contract/check'
import { remoteSessions } from '../../contract/remote-session'
import { listeningPorts, processNames } from './processes'

/** Programs, ports and signs of a session by which somebody else sees or moves this desk. */
export const remoteControl: Check = {
  name: 'remote-control',
  pace: 'often',
  look: async (sources, rules) => {
    const session = Object.entries(remoteSessions).flatMap(([variable, what]) =>
      sources.variable(variable) === undefined ? [] : [what]
    )
    const [programs, listening] = await Promise.all([processNames(sources), listeningPorts(sources)])
    return judgeRemoteControl({ programs, listening, session }, rules['remote-control'])
  }
}
