// Inputs for the fuzz: fragments that mean something to a reader, shuffled with characters that mean nothing, and feeds whose bytes are broken.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { anyText } from '../any-text.ts'

const fixtures = join(import.meta.dirname, '..', 'fixtures', 'feeds')
const bodies = readdirSync(fixtures)
  .filter((name) => name !== 'cases.json')
  .map((name) => readFileSync(join(fixtures, name)))

type Mutation = {
  readonly at: number
  readonly drop: number
  readonly insert: Uint8Array
  readonly times: number
}

const markup =
  '< </ > /> " \' & ; <!-- --> ]]> <![CDATA[ <item> </item> <entry> </channel> <title <link/> <guid> &#x0; &#1114112; &amp;amp; xmlns:a=" <!DOCTYPE <!ENTITY <?xml {"items":[ \\u0000 \ufeff'.split(
    ' ',
  )
const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.nat({ max: 4_000 }),
  drop: fc.oneof(fc.constant(0), fc.nat({ max: 40 }), fc.nat({ max: 2_000 })),
  insert: fc.oneof(
    fc.uint8Array({ maxLength: 6 }),
    fc.constantFrom(...markup).map((text) => Buffer.from(text)),
    fc.constantFrom(...bodies).map((body) => body.subarray(0, 300)),
  ),
  times: fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: fc.nat({ max: 400 }) }),
})

function mutate(body: Buffer, mutations: readonly Mutation[]): Buffer {
  return mutations.reduce((bytes, { at, drop, insert, times }) => {
    const from = at % (bytes.length + 1)
    const inserted = Array<Uint8Array>(times).fill(insert)
    return Buffer.concat([bytes.subarray(0, from), ...inserted, bytes.subarray(from + drop)])
  }, body)
}

/** A feed that somebody once published, with its bytes broken in some places. */
export const brokenFeed: fc.Arbitrary<Buffer> = fc
  .tuple(fc.constantFrom(...bodies), fc.array(mutation, { minLength: 1, maxLength: 8 }))
  .map(([body, mutations]) => mutate(body, mutations))

/** Some of these fragments, separated by spaces in the list, in any order, with noise and sometimes a space between them. */
export function textOf(fragments: string, maxLength = 14): fc.Arbitrary<string> {
  const piece = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...fragments.split(' '), ' ') },
    { weight: 1, arbitrary: anyText },
  )
  return fc.array(piece, { maxLength }).map((pieces) => pieces.join(''))
}

const digits = '0 1 7 12 28 29 30 31 59 99 1403 2024 2027 ١٤ ۱۴۰۳ 999999999999'
export const dateLike = textOf(
  `${digits} - / : . , T Z z + +03:30 -0500 GMT UTC PDT AM pm ص م Mon Thursday Jan jan. February Sept décembre يناير كانون شباط فروردین مهر بهمن ago`,
)
export const urlLike = textOf(
  'http:// https:// HTTPS:// www. m. example.org bbc.co.uk 127.0.0.1 [::1] مثال.إختبار :80 :443 / // /../ /amp index.html ? & = # #! utm_source=x fbclid=y %2F %E2%80 %zz &amp; user:pw@ @ \\ javascript: data: .. ; ,',
)
export const queryLike = textOf(
  'AND OR NOT NEAR/3 NEAR/ ATLEAST/2 ( ) " ~ ~3 * ? = title: body: lang:en source:(a harvest wheat الحصاد قمح va a b - + \\" and or /99999999999',
  20,
)
export const htmlLike = textOf(
  '< </ > /> <p> </p> <b <a href=" " onclick= <script> </script> <style> <!-- --> <![CDATA[ ]]> <table><td> <img src=x> <br> &amp; &nbsp; &#0; &#x10ffff; &lt; &notit; <svg> <math> <template> <plaintext> <xmp> = text نص',
  24,
)
export const yamlLike = textOf(
  'sources: topics: digests: watchlists: id: name: url: feeds: any: query: schedule: channels: http: timeout: 5s - [ ] { } : , " \' | > & * !!js/function # \\ ~ null true 0x1f 1e999 2027-01-15 https://a.example/f <<: *a &a --- ... %YAML',
  20,
)
