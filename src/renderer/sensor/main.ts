import type { WindowApi } from '../../contract/ipc/derive'
import type { IpcSchema } from '../../contract/ipc/schema'
import { startSensorPage } from './page'

const { havendesk } = window as unknown as { readonly havendesk?: WindowApi<IpcSchema['sensor']> }
if (havendesk !== undefined) startSensorPage(document, havendesk)
