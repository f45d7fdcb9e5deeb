import type { Handlers } from '../../../contract/ipc/derive'
import type { IpcSchema } from '../../../contract/ipc/schema'
import type { CourierLink } from '../../session/courier-link'
import type { Desk } from '../../session/desk'

export interface ShellParts {
  readonly desk: Desk
  readonly courier: () => CourierLink
  readonly stripHeight: (pixels: number) => void
  readonly endDemo: () => void
}

export const shellHandlers = (parts: ShellParts): Handlers<IpcSchema['shell']> => ({
  signIn: ({ email, password }) => parts.courier().signIn(email, password),
  signOut: () => {
    parts.courier().signOut()
  },
  openApplication: (id) => {
    parts.desk.openApplication(id)
  },
  askHelp: () => {
    parts.desk.askHelp()
  },
  askException: ({ check, reason }) => {
    parts.desk.askException(check, reason)
  },
  endSupport: () => {
    parts.desk.support.end('ended-here')
  },
  ownAlerts: () => parts.courier().ownRecord.list(),
  appeal: ({ alert, statement }) => parts.courier().ownRecord.appeal(alert, statement),
  setLanguage: (language) => {
    parts.desk.setLanguage(language)
  },
  stripHeight: parts.stripHeight,
  endDemo: parts.endDemo
})
