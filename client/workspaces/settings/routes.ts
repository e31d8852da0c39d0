/** The screens of Settings, each loaded when it is first opened. */
import { type Component, lazy } from 'solid-js'

const files = import.meta.glob<{ readonly default: Component }>('./{workers,groups}/*Screen.tsx')

function screen(file: string): Component {
  return lazy(() => files[file]?.() ?? import('../../app/Fallbacks.tsx'))
}

export const WorkersScreen = screen('./workers/WorkersScreen.tsx')
export const WorkerScreen = screen('./workers/WorkerScreen.tsx')
export const GroupsScreen = screen('./groups/GroupsScreen.tsx')
export const GroupScreen = screen('./groups/GroupScreen.tsx')
