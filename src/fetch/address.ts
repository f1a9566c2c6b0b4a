// Which network an IP address belongs to: the open internet, a private network, or one that no feed may be fetched from.
import { BlockList, isIP } from 'node:net'

/** `private` may be opened for one feed by its owner; `never` stays shut, for it holds cloud metadata or cannot hold a feed. */
export type AddressKind = 'public' | 'private' | 'never'

// IANA special-purpose registries of IPv4 and IPv6, without the private networks below. Node tests an IPv4-mapped
// address (::ffff:a.b.c.d) against the IPv4 ranges by itself.
const special = blockListOf([
  '0.0.0.0/8 169.254.0.0/16 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24',
  '192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4',
  '::/96 ::ffff:0:0:0/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 2620:4f:8000::/48',
  '3fff::/20 5f00::/16 fe80::/10 fec0::/10 ff00::/8',
])

const privateNetworks = blockListOf([
  '10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 172.16.0.0/12 192.168.0.0/16 ::1/128 fc00::/7',
])

// Metadata and credential services of clouds outside the link-local range: all local services of AWS (metadata at 254,
// credentials of pods at 23), Google, Scaleway, Alibaba, and the host of a machine at Azure, which looks public.
const metadata = blockListOf([
  'fd00:ec2::/32 fd20:ce::254/128 fd00:42::42/128 100.100.100.200/32 168.63.129.16/32',
])

const nat64 = blockListOf(['64:ff9b::/96'])

function blockListOf(lines: readonly string[]): BlockList {
  const list = new BlockList()
  for (const range of lines.join(' ').split(' ')) {
    const [network = '', prefix] = range.split('/')
    list.addSubnet(network, Number(prefix), network.includes(':') ? 'ipv6' : 'ipv4')
  }
  return list
}

/** Classifies an address as text, with or without an IPv6 zone; what is no address at all is `never`. */
export function addressKind(address: string): AddressKind {
  const bare = address.split('%', 1)[0] ?? ''
  const version = isIP(bare)
  if (version === 0) return 'never'
  const family = version === 4 ? 'ipv4' : 'ipv6'
  if (metadata.check(bare, family)) return 'never'
  if (privateNetworks.check(bare, family)) return 'private'
  if (special.check(bare, family)) return 'never'
  if (family === 'ipv6' && nat64.check(bare, family)) return translatedKind(bare)
  return 'public'
}

// RFC 6052: the last 32 bits of 64:ff9b::/96 are the IPv4 address that the translator will dial.
function translatedKind(address: string): AddressKind {
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1).split(':')
  const [high, low] = groups.slice(-2).map((group) => Number.parseInt(group || '0', 16))
  const inner = [(high ?? 0) >> 8, (high ?? 0) & 255, (low ?? 0) >> 8, (low ?? 0) & 255].join('.')
  return addressKind(inner) === 'public' ? 'public' : 'never'
}
