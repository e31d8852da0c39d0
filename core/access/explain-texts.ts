/**
 * One clause for each reason, to stand after "…: " in a sentence; plain words, no pronoun, ready for translation.
 *
 * Placeholders: {feature} its label, {group} the group one is in, {decider} the group that decides, {detail} what
 * the reason is about, {field} the label of the field, {kind} the record's kind.
 */
import type { ReasonCode } from './types.ts'

export const reasonTexts: Readonly<Record<ReasonCode, string>> = {
  'base-feature': '“{feature}” comes with every worker login',
  'direct-right': '“{feature}” was given to this login directly',
  'allowed-by-group': 'the group {group} allows “{feature}”',
  'implied-by': '“{feature}” comes with “{detail}”',
  administrator: 'administrators may do everything',
  'in-scope': 'it lies within what this login reaches ({detail})',
  'scope-everything': 'this login reaches all accounts',
  'own-record': 'it belongs to this login',
  everyone: 'every worker may see it',
  'worker-inactive': 'this login is disabled',
  'worker-not-valid': 'this login is not valid at this time',
  'not-held': '“{feature}” has not been given to this login, neither directly nor by a group',
  'denied-by-group': 'the group {group} denies “{feature}”',
  'denied-by-ancestor': 'the group {decider} denies “{feature}” to all groups below it, {group} among them',
  reduced: '“{feature}” was taken away from this administrator by another one',
  'type-cap': 'a login of the type {detail} cannot hold “{feature}”',
  'not-found-or-out-of-scope': 'there is no such record among those that this login may see',
  'restricted-campaign': 'this login is restricted to certain campaigns, and this record is in none of them',
  'restricted-geography': 'this login is restricted to certain areas, and this account is in none of them',
  'restricted-partner':
    'this login is restricted to certain groups or partners, and this record is with none of them',
  'import-owned': 'the data import fills in {field}, and would overwrite it',
  'server-made': 'the system fills in {field}',
  'not-writable': 'the system keeps this by itself',
  'unknown-field': 'there is no field {field} here',
  'rep-codes-not-own': 'a new account needs at least one rep code, and only one’s own ({detail})',
  'moves-out-of-scope': 'the record would then lie outside the accounts that this login may see',
  'append-only': 'what was written here once stays as it was written',
  'house-contact': 'the House Contact is kept by the system',
  'value-invalid': 'the value of {field} cannot be used ({detail})',
  'value-required': '{field} must not be empty',
  'not-unique': '{field} is already used by another record ({detail})',
  'parent-not-found': 'it names a record that does not exist ({detail})',
  'own-access': 'nobody changes their own access: {field}',
  'grants-what-author-lacks': 'it would give {detail}, which only someone who holds it may give',
  'grows-own-access': 'it would widen one’s own access by {detail}',
  'administrative-group':
    'only an unreduced administrator may change the one Administrative group and its members',
  'last-administrator':
    'at least one active, unreduced, unrestricted administrator without an end date must remain',
  cycle: 'it would make a circle: something would stand above itself ({detail})',
  'type-of-parent': 'a group has the type of the group above it ({detail})',
  'denied-above': 'the group {decider} denies “{feature}” to all groups below it',
  'not-over-this-worker': 'only someone who holds all that this worker holds may change how they sign in',
  'depends-on-refused': 'it builds on an edit that was refused',
  'session-ended': 'the session has ended',
}

/** Every code that has a text: all there are. */
export const explainedCodes = Object.keys(reasonTexts) as readonly ReasonCode[]

/** How a sentence begins. {worker} is a name or "You"; {thing} what the action is on. */
export const leadTexts = {
  allowed: '{worker} may {action} {thing}: {because}.',
  denied: '{worker} may not {action} {thing}: {because}.',
} as const

/** Who may change it; after a denial. */
export const changeTexts = {
  someone: 'Someone with “{feature}” can change this.',
  nobody: 'Nobody can change this.',
} as const

export const actionTexts = {
  view: 'see',
  create: 'add',
  edit: 'change',
  export: 'export',
  import: 'import',
} as const

export const thingTexts = {
  field: '{field} of {thing}',
  record: 'the {kind} {title}',
  untitled: 'this {kind}',
  fresh: 'a new {kind}',
} as const
