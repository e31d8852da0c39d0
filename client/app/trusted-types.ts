/**
 * The page's one Trusted Types policy: what may become HTML, and which scripts may be loaded.
 *
 * The server's header lets only a policy named `default` exist, so a string that reaches `innerHTML` anywhere in the
 * page, by whatever library, passes here. Solid's compiled templates do; what carries a script, a handler or a
 * javascript: address does not. Script text (`eval`, inline handlers) never passes: the policy has no `createScript`.
 *
 * Must be imported before anything that makes elements.
 */

/** The part of the browser's interface that is used; TypeScript's DOM library does not have it yet. */
interface TrustedTypePolicyFactory {
  readonly createPolicy: (
    name: string,
    rules: {
      readonly createHTML: (html: string) => string | null
      readonly createScriptURL: (url: string) => string | null
    },
  ) => unknown
}

/**
 * What no template of ours contains. Read as the parser would at its most generous: a handler may follow a slash or a
 * quote without a blank, a scheme may be broken up by control characters and entities.
 */
const REFUSED: readonly RegExp[] = [
  /<\/?\s*(script|iframe|object|embed|base|meta|link|foreignobject)\b/i,
  /[\s/"'`]on[a-z]+\s*=/i,
  /(javascript|vbscript)[\s\p{Cc}]*(:|&colon;|&#)/iu,
  /data[\s\p{Cc}]*(:|&colon;)\s*(text|application)\//iu,
  /\bsrcdoc\s*=/i,
]

/** Null refuses: the browser then throws where the string was about to be used. */
export function admitHtml(html: string): string | null {
  return REFUSED.some((pattern) => pattern.test(html)) ? null : html
}

/** Workers and modules of this origin, nothing else. */
export function admitScriptUrl(url: string, origin: string): string | null {
  const parsed = URL.parse(url, `${origin}/`)
  return parsed !== null && parsed.origin === origin && parsed.protocol.startsWith('http') ? url : null
}

const factory = (globalThis as { readonly trustedTypes?: TrustedTypePolicyFactory }).trustedTypes

factory?.createPolicy('default', {
  createHTML: admitHtml,
  createScriptURL: (url) => admitScriptUrl(url, location.origin),
})
