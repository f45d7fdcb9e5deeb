import './strict-zod'
import '../ui/styles'
import { createRoot } from 'react-dom/client'
import { App } from './app/app'
import { createHubClient } from './hub/hub-client'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element with the id "root"')
createRoot(root).render(<App hub={createHubClient()} />)
