/**
 * The addresses of the app. Each screen is loaded when it is first opened; all of them are on the device after the
 * first visit, so that any address works without a network.
 */
import { Route, Router, type RouteSectionProps } from '@solidjs/router'
import { type JSX, lazy, onMount, Suspense } from 'solid-js'
import { registerServiceWorker } from '../service-worker/register.ts'
import {
  AuditScreen,
  ExchangeScreen,
  GroupsScreen,
  OrganisationScreen,
  WorkersScreen,
} from '../workspaces/settings/routes.ts'
import { signedInWorker } from './session.ts'
import { isTyping } from './unsaved.ts'

const frame = () => import('./Frame.tsx')
const Frame = lazy(frame)
const SignInScreen = lazy(() => import('./sign-in/SignInScreen.tsx'))
const WelcomeScreen = lazy(() => import('./login/WelcomeScreen.tsx'))
const HomeScreen = lazy(() => import('./home/HomeScreen.tsx'))
const NoPage = lazy(() => import('./Fallbacks.tsx'))
const SyncScreen = lazy(() => import('./sync/SyncScreen.tsx'))
const AccountsScreen = lazy(() => import('../workspaces/crm/AccountsScreen.tsx'))
const ContactsScreen = lazy(() => import('../workspaces/crm/ContactsScreen.tsx'))
const HelpScreen = lazy(() => import('../workspaces/help/HelpScreen.tsx'))

/** Fetching everything for later must not compete with the first screen. */
const AFTER_FIRST_PAINT_MS = 1_000

export function App(): JSX.Element {
  // Asked for at once: whoever is signed in here will need it.
  if (signedInWorker() !== null) void frame()
  onMount(() => setTimeout(() => void registerServiceWorker({ isDirty: isTyping }), AFTER_FIRST_PAINT_MS))
  return (
    <Router root={Root}>
      <Route path="/sign-in" component={SignInScreen} />
      <Route path="/welcome" component={WelcomeScreen} />
      <Route component={Frame}>
        <Route path="/" component={HomeScreen} />
        <Route path="/sync" component={SyncScreen} />
        <Route path="/crm/accounts/:id?/:tab?" component={AccountsScreen} />
        <Route path="/crm/contacts/:id?" component={ContactsScreen} />
        <Route path="/settings/workers/:id?/:tab?" component={WorkersScreen} />
        <Route path="/settings/groups/:id?/:tab?" component={GroupsScreen} />
        <Route path="/settings/exchange/:part?" component={ExchangeScreen} />
        <Route path="/settings/audit/:id?" component={AuditScreen} />
        <Route path="/settings/organisation/:part?/:id?" component={OrganisationScreen} />
        <Route path="/help" component={HelpScreen} />
        <Route path="*" component={NoPage} />
      </Route>
    </Router>
  )
}

function Root(props: RouteSectionProps): JSX.Element {
  return <Suspense>{props.children}</Suspense>
}
