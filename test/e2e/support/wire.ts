/**
 * The wire between one browser and the server, which a test can really cut: a TCP relay on a port of its own. Cut, it
 * drops what is open and answers nothing new, as a tunnel or an aeroplane does.
 */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

export interface Wire {
  /** Where the browser finds the server. */
  readonly url: string
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function layWire(serverUrl: string): Promise<Wire> {
  const { hostname, port } = new URL(serverUrl)
  const open = new Set<Socket>()
  let isCut = false

  const relay = createServer((near) => {
    if (isCut) {
      near.resetAndDestroy()
      return
    }
    const far = connect(Number(port), hostname)
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from)
      from.pipe(to)
      from.on('error', () => to.destroy())
      from.on('close', () => {
        open.delete(from)
        to.destroy()
      })
    }
  })
  await new Promise<void>((resolve) => relay.listen(0, '127.0.0.1', resolve))

  const dropAll = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://localhost:${(relay.address() as AddressInfo).port}`,
    cut() {
      isCut = true
      dropAll()
    },
    mend() {
      isCut = false
    },
    async close() {
      dropAll()
      await new Promise((resolve) => relay.close(resolve))
    },
  }
}
