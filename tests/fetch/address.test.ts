// B01: which addresses a feed may live on. The classifier is pure, so no packet is sent anywhere.
import { readFileSync } from 'node:fs'
import { isIPv4 } from 'node:net'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressKind } from '../../src/fetch/address.ts'

type Case = { readonly ip: string; readonly blocked: boolean; readonly note: string }
const cases: readonly Case[] = JSON.parse(
  readFileSync(new URL('../fixtures/fetch/ssrf-ips.json', import.meta.url), 'utf8'),
)

describe('an address', () => {
  it.each(cases)('$ip ($note) is blocked: $blocked (B01)', ({ ip, blocked }) => {
    expect(addressKind(ip) !== 'public').toBe(blocked)
  })

  it.each([
    ['0.0.0.0', 'never'],
    ['10.0.0.1', 'private'],
    ['100.64.0.1', 'private'],
    ['127.0.0.1', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.1.5', 'private'],
    ['198.18.0.1', 'never'],
    ['255.255.255.255', 'never'],
    ['::1', 'private'],
    ['fd12:3456::1', 'private'],
    ['::ffff:10.0.0.1', 'private'],
    ['::ffff:8.8.8.8', 'public'],
    ['fe80::1', 'never'],
    ['fe80::1%eth0', 'never'],
    ['fec0::1', 'never'],
    ['2001:0:4136:e378:8000:63bf:3fff:fdd2', 'never'],
    ['2001:db8::1', 'never'],
    ['3fff::1', 'never'],
    ['5f00::1', 'never'],
    ['ff02::1', 'never'],
    ['64:ff9b::808:808', 'public'],
    ['64:ff9b::8.8.8.8', 'public'],
    ['64:ff9b::10.0.0.1', 'never'],
    ['64:ff9b:1::8.8.8.8', 'never'],
    ['2606:4700::1111', 'public'],
    ['', 'never'],
    ['localhost', 'never'],
    ['127.1', 'never'],
  ])('%s is %s', (address, kind) => {
    expect(addressKind(address)).toBe(kind)
  })

  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::a9fe:a9fe',
    'fd00:ec2::254',
    'fd00:ec2::23',
    'fd20:ce::254',
    'fd00:42::42',
    '100.100.100.200',
    '168.63.129.16',
    '::ffff:168.63.129.16',
    '64:ff9b::168.63.129.16',
  ])('of cloud metadata, %s, is shut even to a feed that may be private', (address) => {
    expect(addressKind(address)).toBe('never')
  })

  it('is judged alike as IPv4 and as IPv4-mapped IPv6', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(isIPv4(address)).toBe(true)
        expect(addressKind(`::ffff:${address}`)).toBe(addressKind(address))
      }),
    )
  })

  it('behind NAT64 is public exactly when the inner address is', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        expect(addressKind(`64:ff9b::${address}`) === 'public').toBe(addressKind(address) === 'public')
      }),
    )
  })
})
