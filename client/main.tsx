/** Where the client begins. The policy comes first: after it, nothing makes an element without passing it. */
import './app/trusted-types.ts'
import './styles/index.css'
import { render } from 'solid-js/web'
import { App } from './app/App.tsx'
import { followSession, recallSession } from './app/session.ts'
import { applyTheme } from './app/theme.ts'

applyTheme()
await recallSession()
followSession()
const root = document.getElementById('root')
if (root !== null) render(() => <App />, root)
