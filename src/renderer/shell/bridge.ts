import type { WindowApi } from '../../contract/ipc/derive'
import type { IpcSchema } from '../../contract/ipc/schema'

/** All that the shell may ask of main. */
export type ShellApi = WindowApi<IpcSchema['shell']>

/** The api that the preload put there. Throws when it is missing: the page was opened outside the workstation. */
export function bridge(): ShellApi {
  const { havendesk } = window as unknown as { readonly havendesk?: ShellApi }
  if (havendesk === undefined) throw new Error('the shell page was opened without its bridge to main')
  return havendesk
}
