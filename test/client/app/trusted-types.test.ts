/** The page's Trusted Types policy: our templates pass, anything that could run does not. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { admitHtml, admitScriptUrl } from '../../../client/app/trusted-types.ts'

const assets = new URL('../../../dist/client/assets/', import.meta.url)

describe('HTML', () => {
  test.each([
    '<div class="_card"><svg viewBox="0 0 24 24"><path d="M4 8"></path></svg></div>',
    '<form><input type="text"><button type="submit">Sign in</button></form>',
    '<p>Online, on the road, once more: JavaScript is needed.</p>',
    '<a href="/crm/accounts">Accounts</a>',
  ])('of our own passes: %s', (html) => {
    expect(admitHtml(html)).toBe(html)
  })

  test.each([
    '<script>alert(1)</script>',
    '<SCRIPT src=//evil.example></SCRIPT>',
    '<img src=x onerror=alert(1)>',
    '<img src="x"onerror="alert(1)">',
    '<svg/onload=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '<a href=" JaVaScRiPt&colon;alert(1)">x</a>',
    '<iframe srcdoc="<p>x"></iframe>',
    '<base href="//evil.example/">',
    '<object data="data:text/html,x"></object>',
  ])('that could run is refused: %s', (html) => {
    expect(admitHtml(html)).toBeNull()
  })

  test.skipIf(!isBuilt())('every template of the built client passes', () => {
    const templates = readdirSync(assets)
      .filter((file) => file.endsWith('.js'))
      .flatMap((file) => readFileSync(new URL(file, assets), 'utf8').match(/`<[a-z][^`$]*`/g) ?? [])
      .map((literal) => literal.slice(1, -1))
    expect(templates.length).toBeGreaterThan(50)
    expect(templates.filter((html) => admitHtml(html) === null)).toEqual([])
  })
})

describe('script addresses', () => {
  const origin = 'https://ambit.example'

  test.each(['/service-worker.js', 'https://ambit.example/assets/search-worker.js', 'assets/x.js'])(
    'of this origin pass: %s',
    (url) => {
      expect(admitScriptUrl(url, origin)).toBe(url)
    },
  )

  test.each([
    'https://evil.example/x.js',
    '//evil.example/x.js',
    'data:text/javascript,alert(1)',
    'blob:https://ambit.example/1',
    'javascript:alert(1)',
    'https://ambit.example.evil.example/x.js',
  ])('of anywhere else are refused: %s', (url) => {
    expect(admitScriptUrl(url, origin)).toBeNull()
  })
})

function isBuilt(): boolean {
  try {
    return readdirSync(assets).length > 0
  } catch {
    return false
  }
}
