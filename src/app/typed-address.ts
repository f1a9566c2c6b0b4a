// The address of a site or of a feed as a person types or pastes it.
import { CommandError, exitCodes } from './exit.ts'

/**
 * An http or https address, or a host alone. Browsers hand feeds on as `feed:https://…` or `feed://…`. Throws CommandError
 * for what cannot be fetched.
 */
export function typedAddress(text: string): string {
  const address = text
    .trim()
    .replace(/^feed:(?=\w+:)/i, '')
    .replace(/^feed:\/\//i, 'https://')
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(address)?.[1]?.toLowerCase()
  if (address !== '' && (scheme === undefined || scheme === 'http' || scheme === 'https')) return address
  throw new CommandError(
    scheme === undefined
      ? 'the address is empty'
      : `${scheme} addresses cannot be fetched; only http and https`,
    'such as: presslark sources add https://example.org',
    exitCodes.usage,
  )
}
