/** Reviewing refused edits: for who may make them, and for their authors. */
import { template } from '@solid-primitives/i18n'

export const review = {
  title: 'Review',
  toReview: 'To review',
  asked: 'Asked for',
  label: template<{ title: string; name: string; time: string }>(
    'To review: {{ title }}, written by {{ name }}, refused {{ time }}',
  ),
  typed: template<{ name: string; typed: string; refused: string }>(
    '{{ name }} typed this {{ typed }}. It was refused {{ refused }}.',
  ),
  typedLive: template<{ name: string; refused: string }>(
    '{{ name }} typed this in a live document. It was refused {{ refused }}.',
  ),
  before: 'Written before the right went, by the device’s clock.',
  after: 'Written after the right went, by the device’s clock.',
  wasTold: template<{ name: string; sentence: string }>('{{ name }} was told: “{{ sentence }}”'),
  foundLabel: template<{ title: string; time: string }>(
    'To review: {{ title }}, lost when the server was restored, found {{ time }}',
  ),
  found: template<{ name: string; time: string }>(
    'The server was restored from a backup without this. The device of {{ name }} still had it; found {{ time }}.',
  ),
  foundAuthor: template<{ name: string }>('It seems to have been written by {{ name }}.'),
  foundUnknown: 'Who wrote it is not known.',
  standsNow: template<{ value: string }>('{{ value }} stands now'),
  accept: 'Accept',
  acceptTitle: 'Accept this edit?',
  acceptText: template<{ title: string; name: string }>(
    '{{ title }} is changed now, in your name, and {{ name }} is told. To take it back you would have to edit it.',
  ),
  acceptFoundText: template<{ title: string }>(
    '{{ title }} is changed now, in your name. To take it back you would have to edit it.',
  ),
  acceptedToast: 'Accepted, and saved in your name',
  decline: 'Decline',
  declineTitle: 'Decline this edit?',
  declinedToast: 'Declined',
  word: 'Why',
  wordHint: template<{ name: string }>('{{ name }} reads this beside the edit.'),
  wordFoundHint: 'It is kept beside the entry.',
  wordMissing: 'Say why, in a word or two.',
  notWhole: 'What was typed into the text was not kept. Write it yourself.',
  noAnswer: 'The server did not answer. Nothing was changed.',
  offlineShort: 'Needs a network.',
  offline: 'What others were refused is kept on the server. It is shown when there is a network.',
  loading: 'Asking the server.',
  failed: 'The server did not answer.',
  again: 'Ask again',
  empty: 'Nothing to review. Edits of others that were refused, and that you may make, come here.',
  accepted: 'Accepted',
  declined: 'Declined',
  answeredLabel: template<{ title: string; fields: string; time: string }>(
    'Reviewed: {{ title }}, {{ fields }}, {{ time }}',
  ),
  acceptedBy: template<{ name: string }>('Accepted by {{ name }}'),
  declinedBy: template<{ name: string; word: string }>('Declined by {{ name }}: {{ word }}'),
  read: 'Got it',
  ask: 'Ask for access',
  askWaiting: 'Your question is sent as soon as there is a network.',
  askSent: 'You asked. Who may make this edit sees it first on their list.',
}
