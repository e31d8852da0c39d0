/** The screens of Settings, each loaded when it is first opened. Each is its list and, beside it, what is open. */
import { lazy } from 'solid-js'

export const WorkersScreen = lazy(() => import('./workers/WorkersScreen.tsx'))
export const ExchangeScreen = lazy(() => import('./exchange/ExchangeScreen.tsx'))
export const GroupsScreen = lazy(() => import('./groups/GroupsScreen.tsx'))
export const AuditScreen = lazy(() => import('./audit/AuditScreen.tsx'))
export const OrganisationScreen = lazy(() => import('./organisation/OrganisationScreen.tsx'))
