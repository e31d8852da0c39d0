/** /help: short answers, found as one types, on the device like everything else. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js'
import SearchIcon from '~icons/lucide/search-x'
import { foldText, foldWords } from '../../../core/records/fold.ts'
import { t } from '../../app/i18n.ts'
import { Page } from '../../app/shell/Page.tsx'
import { PageTitle } from '../../app/shell/Titles.tsx'
import { Button } from '../../components/Button.tsx'
import { Card } from '../../components/Card.tsx'
import { EmptyState } from '../../components/EmptyState.tsx'
import { SearchField } from '../../components/SearchField.tsx'
import layout from '../../styles/layout.module.css'
import { articles } from './articles.ts'

export default function HelpScreen(): JSX.Element {
  const [query, setQuery] = createSignal('')
  const found = createMemo(() => {
    const words = foldWords(query())
    return articles.filter(({ title, paragraphs }) => {
      const text = foldText([title, ...paragraphs].join(' '))
      return words.every((word) => text.includes(word))
    })
  })
  return (
    <Page>
      <PageTitle title={t('help.title')} lede={t('help.lede')} />
      <SearchField label={t('help.search')} value={query()} onInput={setQuery} />
      <Show
        when={found().length > 0}
        fallback={
          <EmptyState
            icon={SearchIcon}
            title={t('help.none', { query: query().trim() })}
            action={<Button onClick={() => setQuery('')}>{t('common.clearSearch')}</Button>}
          />
        }
      >
        <div class={layout.columns}>
          <For each={found()}>
            {(article) => (
              <Card title={article.title}>
                <For each={article.paragraphs}>{(paragraph) => <p>{paragraph}</p>}</For>
              </Card>
            )}
          </For>
        </div>
      </Show>
    </Page>
  )
}
