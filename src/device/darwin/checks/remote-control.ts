import { judgeRemoteControl } from '../../../core/check/judge/remote-control'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

/** ps(1) and netstat(1); Screen Sharing waits at port 5900 while it is on. */
export const remoteControl: Check = {
  name: 'remote-control',
  pace: 'often',
  look: async (sources, rules) => {
    const [processes, sockets] = await Promise.all([
      sources.tool('/bin/ps', ['-axco', 'comm=']),
      sources.tool('/usr/sbin/netstat', ['-anp', 'tcp'])
    ])
    const programs = processes
      .split('\n')
      .map((line) => line.trim())
      .filter((name) => name !== '')
    if (!programs.includes('launchd')) throw garbled('ps')
    if (!/^Active Internet connections/.test(sockets) || !/^Proto Recv-Q Send-Q/m.test(sockets))
      throw garbled('netstat')
    const listening = [
      ...sockets.matchAll(/^tcp(?:4|6|46)\s+\d+\s+\d+\s+\S+\.(\d+)\s+\S+\s+LISTEN\s*$/gm)
    ].map(([, port]) => Number(port))
    const session = sources.variable('SSH_CONNECTION') === undefined ? [] : ['a session over SSH']
    return judgeRemoteControl({ programs, listening, session }, rules['remote-control'])
  }
}
