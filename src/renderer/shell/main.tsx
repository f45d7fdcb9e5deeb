import '../../ui/styles'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app'
import { bridge } from './bridge'

const root = document.getElementById('root')
if (root === null) throw new Error('the shell page has no #root')
createRoot(root).render(
  <StrictMode>
    <App api={bridge()} />
  </StrictMode>
)
