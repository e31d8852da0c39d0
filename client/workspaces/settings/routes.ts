/** The screens of Settings, each loaded when it is first opened. One screen is list and detail: it stays mounted. */
import { lazy } from 'solid-js'

export const WorkersScreen = lazy(() => import('./workers/WorkersScreen.tsx'))
export const GroupsScreen = lazy(() => import('./groups/GroupsScreen.tsx'))
