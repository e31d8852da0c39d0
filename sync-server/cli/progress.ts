/** Progress of long work on a terminal: one line that rewrites itself; nothing where nobody watches. */
export interface Progress {
  at(done: number, total: number | null): void
  end(): void
}

export function createProgress(label: string): Progress {
  const shown = process.stderr.isTTY
  let last = 0
  return {
    at(done, total) {
      const now = Date.now()
      if (!shown || now - last < 100) return
      last = now
      const share = total === null ? '' : ` of ${total.toLocaleString('en')}`
      process.stderr.write(`\r\x1b[K${label}: ${done.toLocaleString('en')}${share}`)
    },
    end() {
      if (shown) process.stderr.write('\r\x1b[K')
    },
  }
}
