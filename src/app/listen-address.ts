// Where a monitor may ask: `9464`, `127.0.0.1:9464`, `[::1]:9464`. Without a host only this machine may.

export type ListenAddress = { readonly host: string; readonly port: number }

/** What to write instead of a text that is none. */
export const listenHint = 'expected a port such as 9464, or an address of this machine such as 127.0.0.1:9464'

const pattern = /^(?:(\[[0-9a-f:.]+\]|[a-z0-9.-]+):)?(\d{1,5})$/i

/** Undefined when the text is no such address. */
export function parseListenAddress(text: string): ListenAddress | undefined {
  const [, host = '127.0.0.1', digits = ''] = pattern.exec(text) ?? []
  const port = Number(digits || '-1')
  if (port < 1 || port > 65_535) return undefined
  return { host: host.replace(/^\[|\]$/g, ''), port }
}

/** As it is written in a URL. */
export function shownAddress({ host, port }: ListenAddress): string {
  return `${host.includes(':') ? `[${host}]` : host}:${port}`
}
