import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { html } from '../../src/text/html-template.ts'
import { sanitise } from '../../src/text/sanitise.ts'
import { faultsOf } from '../conformance/kind-sanitize.ts'

const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/html/sanitiser-vectors.json', import.meta.url), 'utf8'),
) as { id: string; html: string }[] // the fixture's own shape

describe('sanitised HTML', () => {
  test.each(vectors)(
    'B26 B27 B28 of $id holds nothing harmful, loses no text and is stable',
    ({ html: source }) => {
      expect(faultsOf(source)).toEqual([])
    },
  )

  test.each([
    [
      '<p>a <a href="https://x.example/" onclick=x>b</a></p>',
      '<p>a <a href="https://x.example/" rel="nofollow noopener noreferrer">b</a></p>',
    ],
    ['<a href="javascript:x">b</a>', '<a>b</a>'],
    ['<p dir="rtl" lang="fa" class="x" id="y" style="color:red">متن</p>', '<p dir="rtl" lang="fa">متن</p>'],
    ['a<script>b</script><style>c</style><!-- d -->e', 'ae'],
    ['<img src=x onerror=alert(1)>x', 'x'],
    ['<td colspan="2">x', 'x'],
    [
      '<table><tr><td colspan="2" width="9">x</table>',
      '<table><tbody><tr><td colspan="2">x</td></tr></tbody></table>',
    ],
    ['<ol start=3><li value=x>a</ol>', '<ol start="3"><li>a</li></ol>'],
    ['</td></tr></table><form><base href=//x>a', 'a'],
    ['<pre>\n\nx</pre>', '<pre>\n\nx</pre>'],
    ['<pre><font><img>\nx</font></pre>', '<pre>\n\nx</pre>'],
    ['a&nbsp;&lt;b&gt; &amp;amp;', 'a&nbsp;&lt;b&gt; &amp;amp;'],
    ['<details><summary>s</summary><font>t</font></details>', '<details><summary>s</summary>t</details>'],
  ])('of %j is %j', (source, expected) => {
    expect(sanitise(source)).toBe(expected)
  })

  test('nests no deeper than 200 elements, and keeps the text that was deeper', () => {
    const output = sanitise(`${'<div>'.repeat(1000)}deep`)
    expect(output.match(/<div>/g)).toHaveLength(200)
    expect(output).toContain('deep')
  })

  test('B26 B27 B28 is stable and harmless and keeps the text whatever the tags are', () => {
    const piece = fc.constantFrom(
      ...'<p> </p> <a href=http://x> <a href=javascript:x> </a> <table> <tr> <td> </table> <object> <svg> </svg> <math> <mi> <b> </b> <select> <option> <form> <pre> <title> <template> </template> <!-- --> text &lt; <li> <ul> <div> </div> <button> <noscript> <frameset> <caption> <ruby> <rt>'.split(
        ' ',
      ),
      '\n',
      '"',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const output = sanitise(pieces.join(''))
        expect(sanitise(output)).toBe(output)
        expect(faultsOf(pieces.join(''))).toEqual([])
      }),
      { numRuns: 500 },
    )
  })

  test.each([
    ['50,000 nested elements', '<div>x'.repeat(50_000)],
    ['300,000 angle brackets', '<'.repeat(300_000)],
    ['an attribute of a megabyte', `<a href="https://x.example/${'x'.repeat(1_000_000)}">y</a>`],
    [
      'formatting that asks for a million elements',
      `<p>${Array.from({ length: 1000 }, (_, i) => `<b a=${i}>`).join('')}${'</p><p>x'.repeat(1000)}`,
    ],
  ])(
    'B28 comes in bounded time from %s',
    (_, source) => {
      const output = sanitise(source)
      expect(sanitise(output)).toBe(output)
      expect(output.length).toBeLessThan(2_000_000)
    },
    5_000,
  )
})

describe('the html tag', () => {
  test('escapes whatever is not HTML already', () => {
    const name = `<b title="x">'&\``
    expect(html`<p title="${name}">${name}${html`<i>${1}</i>`}${undefined}</p>`.html).toBe(
      '<p title="&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#96;">&lt;b title=&quot;x&quot;&gt;&#39;&amp;&#96;<i>1</i></p>',
    )
  })
})
