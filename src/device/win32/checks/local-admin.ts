import { judgeLocalAdmin } from '../../../core/check/judge/local-admin'
import type { Check } from '../../contract/check'
import { garbled } from '../../contract/sources'

const WHOAMI = 'C:\\Windows\\System32\\whoami.exe'
/** Administrators, Domain Admins and Enterprise Admins (well-known SIDs); Backup and Hyper-V operators read any file. */
const powerful = /^S-1-5-(32-(544|551|578)|21-\d+-\d+-\d+-(512|519))$/

/** `whoami /groups`: the names and attributes are in the system's language, the third column's SIDs are not. */
export const localAdmin: Check = {
  name: 'local-admin',
  pace: 'often',
  look: async (sources) => {
    const lines = (await sources.tool(WHOAMI, ['/groups', '/fo', 'csv', '/nh'])).split(/\r?\n/)
    const sids = lines
      .filter((line) => line !== '')
      .map((line) => {
        const sid = /^"[^"]*","[^"]*","(S-1-\d+(?:-\d+)*)","[^"]*"$/.exec(line)?.[1]
        if (sid === undefined) throw garbled('whoami')
        return sid
      })
    // Everybody is a member of Everyone.
    if (!sids.includes('S-1-1-0')) throw garbled('whoami')
    return judgeLocalAdmin(sids.filter((sid) => powerful.test(sid)))
  }
}
