/** Asking why, about oneself and about others. */
import { template } from '@solid-primitives/i18n'

export const explain = {
  ask: 'Ask why',
  askTitle: 'May they do this?',
  askElse: 'Ask about somebody else',
  worker: 'Worker',
  question: 'Question',
  questions: {
    feature: 'Do they hold a feature?',
    view: 'May they see an account?',
    edit: 'May they change an account?',
    'add-contact': 'May they add a contact to an account?',
    'add-address': 'May they add an address to an account?',
  },
  account: 'Account',
  feature: 'Feature',
  chooseAll: 'Choose all three; the answer follows here.',
  compareWith: 'Compare with another worker',
  chooseOther: 'Choose a worker to compare with',
  reach: 'Accounts',
  differences: template<{ count: string }>('Differences {{ count }}'),
  same: template<{ one: string; other: string }>('{{ one }} and {{ other }} hold the same features.'),
}
