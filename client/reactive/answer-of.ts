/**
 * What a resource answered last, without suspending: undefined until there is a first answer. What only the server knows
 * is shown where it belongs when it comes; the screen around it must not blink for it.
 */
import type { Resource } from 'solid-js'

export function answerOf<T>(resource: Resource<T>): T | undefined {
  return resource.state === 'pending' || resource.state === 'unresolved' ? undefined : resource.latest
}
