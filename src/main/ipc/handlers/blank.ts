import type { Handlers } from '../../../contract/ipc/derive'
import type { IpcSchema } from '../../../contract/ipc/schema'
import type { ShellParts } from './shell'

export const blankHandlers = (
  parts: Pick<ShellParts, 'desk' | 'courier' | 'endDemo'>
): Handlers<IpcSchema['blank']> => ({
  askHelp: () => {
    parts.desk.askHelp()
  },
  signOut: () => {
    parts.courier().signOut()
  },
  endDemo: parts.endDemo
})
