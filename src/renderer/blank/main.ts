import type { WindowApi } from '../../contract/ipc/derive'
import type { IpcSchema } from '../../contract/ipc/schema'
import { startBlankPage } from './page'

const { havendesk } = window as unknown as { readonly havendesk?: WindowApi<IpcSchema['blank']> }
if (havendesk !== undefined) startBlankPage(document, havendesk, () => new Date())
