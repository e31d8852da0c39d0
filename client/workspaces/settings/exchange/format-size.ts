/** Bytes as people read them: "812 B", "14 kB", "2.4 MB". */
import { formatNumber } from '../../../app/format.ts'

export function formatSize(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`
  if (bytes < 999_500) return `${formatNumber(Math.round(bytes / 1_000))} kB`
  return `${formatNumber(Math.round(bytes / 100_000) / 10)} MB`
}
