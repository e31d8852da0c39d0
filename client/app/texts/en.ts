/**
 * Every word that the client's shared parts show, in English, keyed for translation.
 *
 * A `{{ name }}` is filled in when the text is used; `template` declares which names. Screens keep their words in
 * files of their own beside this one and are added to `en` below.
 */
import { template } from '@solid-primitives/i18n'
import { audit } from './audit.ts'
import { crm } from './crm.ts'
import { explain } from './explain.ts'
import { exchange } from './exchange.ts'
import { frame, help, home, signIn, workspaces } from './frame.ts'
import { logins } from './logins.ts'
import { manage } from './manage.ts'
import { preview } from './preview.ts'
import { internal } from './internal.ts'
import { organisation } from './organisation.ts'
import { record } from './record.ts'
import { review } from './review.ts'
import { settings } from './settings.ts'
import { syncScreen } from './sync-screen.ts'

const common = {
  add: 'Add',
  back: 'Back',
  cancel: 'Cancel',
  clear: 'Clear',
  clearSearch: 'Clear search',
  close: 'Close',
  done: 'Done',
  undo: 'Undo',
  justNow: 'just now',
  none: 'None',
  notSet: 'Not set',
  required: 'Required',
  why: 'Why?',
  whyNot: 'Why can’t I change this?',
  whyNotTitle: 'Why you can’t change this',
  choose: 'Choose',
  choosing: template<{ label: string }>('Choose {{ label }}'),
  remove: template<{ what: string }>('Remove {{ what }}'),
  any: template<{ label: string }>('Any {{ label }}'),
  moreActions: 'More actions',
  nothingFound: template<{ query: string }>('Nothing found for “{{ query }}”'),
  writeANumber: 'Write a number, for example 1200 or 12.5.',
  atLeast: template<{ min: string }>('Write {{ min }} or more.'),
  atMost: template<{ max: string }>('Write {{ max }} or less.'),
  countOf: template<{ count: string; total: string }>('{{ count }} of {{ total }}'),
  was: 'Was',
  now: 'Now',
  notifications: 'Notifications',
  dismiss: 'Dismiss',
}

const access = {
  inherit: 'Inherit',
  allow: 'Allow',
  deny: 'Deny',
  decidedHere: 'Decided here',
}

const shell = {
  skipToContent: 'Skip to content',
  workspaces: 'Workspaces',
  notices: 'Notices',
  product: 'Ambit',
  you: template<{ name: string }>('You, {{ name }}'),
  documentTitle: template<{ title: string }>('{{ title }} · Ambit'),
  offlineSince: template<{ time: string }>(
    'No network since {{ time }}. Everything you do is saved on this device.',
  ),
  offline: 'No network. Everything you do is saved on this device.',
  updateReady: 'A new version is ready.',
  updateNow: 'Update now',
}

const sync = {
  connecting: 'Connecting',
  receiving: 'Receiving',
  savedHere: 'Saved here',
  waiting: template<{ count: string }>('{{ count }} waiting'),
  merged: 'Merged',
  refused: template<{ count: string }>('{{ count }} refused'),
  offline: 'Offline',
}

export const en = {
  common,
  access,
  shell,
  sync,
  workspaces,
  signIn,
  home,
  frame,
  help,
  record,
  crm,
  settings,
  logins,
  manage,
  exchange,
  syncScreen,
  review,
  preview,
  explain,
  audit,
  internal,
  organisation,
}
