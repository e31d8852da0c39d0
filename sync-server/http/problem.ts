/** Errors as RFC 9457 problem details. A denial carries its reasons; what may not be seen is answered like what is not there. */
import type { Context } from 'hono'
import type { Reason } from '../../core/access/types.ts'

export type ProblemStatus = 400 | 401 | 403 | 404 | 409 | 413 | 415 | 422 | 429 | 500 | 503

const titles: Readonly<Record<ProblemStatus, string>> = {
  400: 'That request cannot be read',
  401: 'Sign in first',
  403: 'Not allowed',
  404: 'Not found',
  409: 'That does not fit what is there now',
  413: 'Too large',
  415: 'Another content type is expected',
  422: 'That cannot be done',
  429: 'Too many tries',
  500: 'Something broke on the server',
  503: 'Not ready',
}

export function problem(
  context: Context,
  status: ProblemStatus,
  detail: string,
  extra: { readonly reasons?: readonly Reason[] } = {},
): Response {
  return context.body(
    JSON.stringify({ type: `/help/problems/${status}`, title: titles[status], status, detail, ...extra }),
    status,
    { 'content-type': 'application/problem+json' },
  )
}

/** The one answer for what does not exist and for what the asker may not see (S9). It names neither. */
export function notFound(context: Context): Response {
  return problem(context, 404, 'There is nothing here that you can see.')
}
