/** What a reader finds at each control of the conformance view: open or closed, and the sentence that says why. */
import type { Page } from 'playwright-core'

export interface Seen {
  readonly state: 'enabled' | 'locked' | 'shown' | 'denied-screen' | 'not-here'
  /** Null where nothing is denied. */
  readonly sentence: string | null
}

/** By control: its id, `<worker> holds <feature>` or `<worker> opens <workspace>`. */
export async function readControls(page: Page, wanted: readonly string[]): Promise<[string, Seen][]> {
  return page.evaluate(async (ids) => {
    const asked = new Set(ids)
    const found: [string, Seen][] = []
    for (const section of document.querySelectorAll('[data-control]')) {
      found.push([section.getAttribute('data-control') ?? '', await control(section)])
    }
    for (const section of document.querySelectorAll('[data-worker]')) {
      const worker = section.getAttribute('data-worker') ?? ''
      for (const link of section.querySelectorAll('nav a')) {
        found.push([`${worker} opens ${link.textContent.trim()}`, { state: 'enabled', sentence: null }])
      }
      for (const line of section.querySelectorAll('[data-outcome]')) {
        const id = `${worker} holds ${line.querySelector(':scope > span')?.textContent.trim()}`
        if (!asked.has(id)) continue
        const isAllowed = line.getAttribute('data-outcome') === 'allowed'
        const sentence = isAllowed ? null : await sentenceBehind(line.querySelector('button'))
        found.push([id, { state: isAllowed ? 'enabled' : 'locked', sentence }])
      }
    }
    return found

    async function control(section: Element): Promise<Seen> {
      const input = section.querySelector('input, textarea, select, button[aria-haspopup="dialog"][id]')
      const button = section.querySelector('button[data-kind]')
      const heading = section.querySelector('h1')
      if (input !== null) {
        if (input.getAttribute('aria-disabled') !== 'true') return { state: 'enabled', sentence: null }
        const isReadOnly = input.matches(':read-only, [role="switch"]')
        if (!isReadOnly) throw new Error('locked, and can be typed in')
        return { state: 'locked', sentence: await sentenceBehind(section.querySelector('button')) }
      }
      if (button !== null) {
        if (button.getAttribute('aria-disabled') !== 'true') return { state: 'enabled', sentence: null }
        const described = document.getElementById(button.getAttribute('aria-describedby') ?? '')
        return { state: 'locked', sentence: described?.textContent.trim() ?? null }
      }
      if (section.querySelector('output') !== null) return { state: 'shown', sentence: null }
      if (heading === null) return { state: 'not-here', sentence: null }
      const words = [...section.querySelectorAll('p')].map(({ textContent }) => textContent.trim())
      return { state: 'denied-screen', sentence: words.at(-1) ?? null }
    }

    /** Opens the sheet behind "Why?", reads its first line, closes it. */
    async function sentenceBehind(why: HTMLElement | null): Promise<string | null> {
      if (why === null) return null
      why.click()
      const dialog = await until(() => document.querySelector('[role="dialog"] p'))
      const sentence = dialog.textContent.trim()
      document.querySelector<HTMLElement>('[role="dialog"] header button')?.click()
      await until(() => (document.querySelector('[role="dialog"]') === null ? true : null))
      return sentence
    }

    async function until<T>(look: () => T | null): Promise<T> {
      for (let tries = 0; tries < 500; tries++) {
        const answer = look()
        if (answer !== null) return answer
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
      throw new Error('waited in vain')
    }
  }, wanted)
}
