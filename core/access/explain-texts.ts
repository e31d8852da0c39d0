/**
 * Every word that access is explained in, by key, ready for translation.
 *
 * Placeholders: {feature} its label, {group} the group one is in, {decider} the group that decides, {detail} what
 * the reason is about, {field} the label of the field, {kind} the record's kind, {has} what the record has instead.
 */
import type { DetailKey, ReasonCode } from './types.ts'

/** One clause for each reason, to stand after "…: " in a sentence; plain words, no pronoun. */

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
  'hidden-from-search': 'hidden from search only: the search filter of this login leaves it out of results',
  'through-match': 'Check for Match found it, and this login may read what it finds',
  'match-enforced': 'Check for Match names accounts of others to this login, and opens none of them',
  'worker-inactive': 'this login is disabled',
  'worker-not-valid': 'this login is not valid at this time',
  'not-held': '“{feature}” has not been given to this login, neither directly nor by a group',
  'membership-over': 'the membership in {group}, which allows “{feature}”, ended on {detail}',
  'membership-not-begun': 'the membership in {group}, which allows “{feature}”, begins on {detail}',
  'group-disabled': 'the group {group} allows “{feature}”, but is disabled',
  'group-above-disabled': 'the group {group} allows “{feature}”, but {decider} above it is disabled',
  'denied-by-group': 'the group {group} denies “{feature}”',
  'denied-by-ancestor': 'the group {decider} denies “{feature}” to all groups below it, {group} among them',
  reduced: '“{feature}” was taken away from this administrator by another one',
  'type-cap': 'a login of the type {detail} cannot hold “{feature}”',
  'not-found-or-out-of-scope': 'there is no such record among those that this login may see',
  'out-of-scope': 'this login reaches {detail}, and this {kind} is not among them ({has})',
  'none-of-that-name': 'there is none, or it lies outside what this login reaches ({detail})',
  'restricted-campaign': 'this login is restricted to certain campaigns, and this record is in none of them',
  'restricted-geography':
    'this login is restricted to certain areas ({detail}), and this account is in none of them ({has})',
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
  'lost-by-restore': 'the server was restored from a backup that does not hold it',
  'device-wiped': 'it came from a device that was to be wiped, after that was asked for',
  'password-change-due': 'the password has to be changed first',
}

/** Every code that has a text: all there are. */
export const explainedCodes = Object.keys(reasonTexts) as readonly ReasonCode[]

/** How a sentence begins. {worker} is a name or "You"; {thing} what the action is on. */
export const leadTexts = {
  allowed: '{worker} may {action} {thing}: {because}.',
  denied: '{worker} may not {action} {thing}: {because}.',
  unseen: '{worker} may not see any {kind} called “{title}”: {because}.',
  /** After what is allowed (S11). */
  hiddenFromSearch: 'It is hidden from search only.',
} as const

/** What a detail is, in words; {value} is the detail itself, {by} a worker's name. */
export const detailTexts: Readonly<Record<DetailKey, string>> = {
  'rep-code': 'rep code {value}',
  'team-rep-code': 'rep code {value} of {by}',
  'a-id': 'A_ID {value}',
  'mapped-account': 'mapped account',
  account: 'the account {value}',
  owner: 'the accounts of {value}',
  everything: 'all accounts',
  'wider-restrictions': 'wider restrictions',
  'all-matches': 'the accounts of others through Check for Match',
  'reach-rep-codes': 'the accounts with rep code {value}',
  'reach-a-id': 'the account with A_ID {value}',
  'reach-mapped': 'the accounts that are mapped to it',
  'reach-nothing': 'no accounts',
}

/** What the record has, where the login reaches something else. */
export const hasTexts = { some: 'its rep code is {value}', none: 'it has no rep code' } as const

/** What would make it allowed; by the reason that denies. What is missing here has no way out but another person. */
export const remedyTexts: Readonly<Partial<Record<ReasonCode, string>>> = {
  'worker-inactive': 'It takes enabling this login again.',
  'worker-not-valid': 'It takes other validity dates for this login.',
  'not-held': 'It takes a worker group that allows “{feature}”, or this right itself.',
  'membership-over': 'It takes a later end of the membership in {group}.',
  'membership-not-begun':
    'It takes waiting until then, or an earlier beginning of the membership in {group}.',
  'group-disabled': 'It takes enabling the group {group} again.',
  'group-above-disabled': 'It takes enabling the group {decider} again.',
  'denied-by-group': 'It takes lifting the denial in {decider}, or leaving that group.',
  'denied-by-ancestor': 'It takes lifting the denial in {decider}, or leaving {group}.',
  reduced: 'It takes another administrator to lift the reduction.',
  'type-cap': 'It takes another type of login.',
  'not-found-or-out-of-scope':
    'If there is one, it takes a rep code, a mapped account or another account filter.',
  'none-of-that-name': 'If there is one, it takes a rep code, a mapped account or another account filter.',
  'out-of-scope': 'It takes a rep code in common, a mapped account or another account filter.',
  'restricted-campaign': 'It takes a wider restriction.',
  'restricted-geography': 'It takes a wider restriction.',
  'restricted-partner': 'It takes a wider restriction.',
  'import-owned': 'It takes a change where the data comes from, or an administrator without any limits.',
  'rep-codes-not-own': 'It takes a rep code that this login has.',
  'grants-what-author-lacks': 'It takes somebody who holds all of it.',
  'not-over-this-worker': 'It takes somebody who holds all that this worker holds.',
  'administrative-group': 'It takes an administrator without any reduction.',
  'denied-above': 'It takes lifting the denial in {decider}.',
}

/** Who may change it, after a denial; {feature} where no names are known. */
export const changeTexts = {
  someone: 'Someone with “{feature}” can change this.',
  one: '{first} can change this.',
  two: '{first} or {second} can change this.',
  three: '{first}, {second} or one other can change this.',
  many: '{first}, {second} or {others} others can change this.',
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
  whole: '{kinds}',
} as const
