import { judgeRemoteControl } from '../../../core/check/judge/remote-control'
import type { Check } from '../../contract/check'
import { listeningPorts, processNames } from './processes'

/** Programs, ports and signs of a session by which somebody else sees or moves this desk. */
export const remoteControl: Check = {
  name: 'remote-control',
  pace: 'often',
  look: async (sources, rules) => {
    const session = [
      // sshd gives both to a session with X11 forwarding.
      ...(sources.variable('SSH_CONNECTION') === undefined ? [] : ['a session over SSH']),
      ...(sources.variable('XRDP_SESSION') === undefined ? [] : ['a session over RDP'])
    ]
    const [programs, listening] = await Promise.all([processNames(sources), listeningPorts(sources)])
    return judgeRemoteControl({ programs, listening, session }, rules['remote-control'])
  }
}
