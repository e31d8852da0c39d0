/** A worker's internal settings, and the bulletin board on the home screen. */
import { template } from '@solid-primitives/i18n'

export const internal = {
  tab: 'Internal settings',
  lede: 'What is set here is taken away from what rights, groups and the account filter give. It never adds anything.',
  words: 'Board and labels',
  asOrganisation: template<{ name: string }>('{{ name }}, as the organisation'),
  noBoard: 'No board',
  shippedLabels: 'Labels as shipped',
  boardHint: 'Stands on this worker’s home screen.',
  labelHint: 'What fields are called on this worker’s screens. It opens and hides nothing.',

  unset: 'No restriction',
  only: 'Only these',
  none: 'None',
  choice: template<{ what: string }>('{{ what }}: how much passes'),
  unsetNote: 'Not set, so nothing is taken away.',
  noneNote: 'Nothing passes.',
  onlyEmpty: 'Add at least one. Until then nothing is taken away.',

  campaignNote: 'Records of other campaigns are hidden. Accounts belong to no campaign and stay; leads will.',
  addCampaign: 'Add campaign',
  noCampaigns: 'There are no campaigns yet. They are added under Organisation.',
  places: 'Places',
  geographyNote: 'Only accounts in these places, with their contacts and addresses.',
  geographyHint: 'A country, a state or the beginning of a zip code: US, US/WA, US/WA/981.',
  geographyBad: template<{ entry: string }>(
    '“{{ entry }}” is no place. Write country, country/state or country/state/zip: US/WA/981.',
  ),
  partners: 'Groups, partners and reps',
  partnerNote: 'For a regional manager: only what these groups or partners look after.',
  partnerHint: 'The name of a group, a partner, an account manager or a partner rep.',
  partnerClosed:
    'Only for the user types Administrator and Global User, who would see every record. Others see what is theirs already.',
  partnerType: template<{ type: string }>('This worker is {{ type }}.'),
  partnerNoType: 'This worker has no user type.',

  later: 'Kept here; it takes effect when this portal has them.',
  files: 'Private folders',
  libraryHint: 'Private folders of the library that this worker may view. Public ones need no entry.',
  templateHint: 'Private folders of e-mail templates that this worker may use. Public ones need no entry.',
  reportNames: 'Names of reports',
  reportsNote: 'Only these reports, of those that the worker’s rights show.',
  callback: 'Callbacks',
  callbackOn: 'Colleagues can choose this worker when they assign a callback.',
  callbackOff: 'Not offered when a callback is assigned.',

  notices: 'Notices',
  wholeNotices: 'Show all of it',
  moreNotices: { one: 'Show {count} more', other: 'Show {count} more' },
}
