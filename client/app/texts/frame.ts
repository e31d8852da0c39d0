/** The app around its screens: sign-in, home, update, what is not there, and what went wrong. */
import { template } from '@solid-primitives/i18n'

export const workspaces = {
  crm: 'CRM',
  product: 'Product',
  content: 'Content',
  settings: 'Settings',
  help: 'Help',
  home: 'Home',
}

export const signIn = {
  title: 'Sign in',
  sentence: 'Your accounts, with and without a network. What you may see and do, and why.',
  username: 'Username',
  password: 'Password',
  submit: 'Sign in',
  submitting: 'Signing in',
  usernameMissing: 'Write your username.',
  passwordMissing: 'Write your password.',
  wrong: 'Username and password do not match, or the login is disabled.',
  tooMany: template<{ seconds: string }>('Too many tries. You can try again in {{ seconds }} s.'),
  tryAgain: 'You can try again now.',
  serverTrouble: 'The server could not answer. Wait a moment, then try again.',
  offline: 'No network. Signing in needs the server once.',
  offlineKnown: 'No network. You can go on with what is on this device; it is sent when the network is back.',
  offlineUnknown:
    'No network. Nobody has signed in on this device yet, so the first sign-in needs a network.',
  continueAs: template<{ name: string }>('Continue as {{ name }}'),
  continueNote: 'Works with what is on this device',
  ended: 'You were signed out. Your work is still on this device and is sent after you sign in.',
  wiped:
    'This login is no longer active. What had not been sent was handed in for review, and all data was removed from this device.',
  wipedDevice:
    'This device was wiped. What had not been sent was handed in for review, and all data was removed from it. You can sign in again.',
  demo: 'Demo logins',
  demoLede: 'Generated people and accounts. One tap signs in.',
}

export const home = {
  title: 'Home',
  yourWork: 'Your work',
  accounts: 'Accounts',
  contacts: 'Contacts',
  workers: 'Workers',
  groups: 'Worker groups',
  help: 'Help',
  sync: 'Sync',
  syncAllClear: 'Everything is merged. Nothing waits on this device.',
  waiting: { one: '{count} edit waits to be sent', other: '{count} edits wait to be sent' },
  refused: { one: '{count} edit was refused', other: '{count} edits were refused' },
  conflicts: {
    one: '{count} field met somebody else’s edit',
    other: '{count} fields met somebody else’s edit',
  },
  openSync: 'Open sync',
  appearance: 'Appearance',
  theme: { system: 'As the device', light: 'Light', dark: 'Dark' },
  you: 'You',
  signedInAs: template<{ username: string }>('Signed in as {{ username }}'),
  reaches: 'Accounts you reach',
  everything: 'All accounts',
  nothing: 'None',
  byRepCode: { one: 'Those with your rep code {codes}', other: 'Those with the rep codes {codes}' },
  yourGroups: 'Worker groups you are in',
  reachCount: { one: '{count} account', other: '{count} accounts' },
  signOut: 'Sign out',
  signOutTitle: 'Sign out?',
  signOutClean: 'Everything is sent. Your data is removed from this device.',
  signOutUnsent: {
    one: '{count} edit has not been sent. Signing out removes your data from this device, and that edit is lost.',
    other:
      '{count} edits have not been sent. Signing out removes your data from this device, and they are lost.',
  },
  signOutRefused: {
    one: '{count} refused edit that nobody has settled is kept by the server.',
    other: '{count} refused edits that nobody has settled are kept by the server.',
  },
  signOutAnyway: 'Sign out and lose them',
  keepHere: 'Stay signed in',
}

export const frame = {
  notHereTitle: 'Not here, or not yours',
  notHereShort: 'There is nothing here that you can see.',
  notHere: 'It may have moved, or belong to somebody else.',

  toHome: 'Go to Home',
  brokenTitle: 'This screen stopped',
  broken: 'Your work is saved on this device. Load the screen again to go on.',
  loadAgain: 'Load again',
  goBack: 'Go back',
  loading: 'Opening',
  updateForm: 'A new version is ready. It waits until you have saved or closed the form.',
  sessionEnded: 'You were signed out. Edits are saved here and wait until you sign in.',
  signInAgain: 'Sign in',
  leaseEndedTitle: 'Connect once to go on',
  leaseEnded:
    'This device has not met the server for too long. Connect to the network to see your data again.',
  updateNeeded: 'The server has a newer version of Ambit. Update to go on sending.',
}

export const help = {
  title: 'Help',
  lede: 'Short answers about working with Ambit',
  search: 'Search help',
  none: template<{ query: string }>('No answer mentions “{{ query }}”.'),
}
