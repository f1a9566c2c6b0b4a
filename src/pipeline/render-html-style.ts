// How an edition looks in a mail. Everything is inline, since some programs drop style sheets; the sheet only adds dark, small and print.
import type { Colours } from '../model/look.ts'
import { contrast, mutedColour } from '../text/contrast.ts'

const FONT = "font-family:'Segoe UI',Tahoma,Arial,sans-serif"
const OURS: Colours = { text: '#1f1e1b', background: '#faf9f6', link: '#0b4a8f', accent: '#1f1e1b' }
const OUR_MUTED = '#5f5b53'
const OUR_LINE = '#d9d5ca'
const DESK = '#ecebe6'
const MARKED = 'background:#f7e7a1;color:#1f1e1b'

export type Style = ReturnType<typeof styleOf>

/** The inline styles for a digest's colours; what it does not set is ours. */
export function styleOf(own: Partial<Colours> = {}) {
  const { text, background, link } = { ...OURS, ...own }
  const isOurs = own.text === undefined && own.background === undefined
  const muted = isOurs ? OUR_MUTED : mutedColour(text, background)
  const line = own.accent ?? OUR_LINE
  return {
    body: `margin:0;padding:0;background:${DESK}`,
    cell: `padding:20px 24px;background:${background};color:${text};${FONT};font-size:15px;line-height:1.5`,
    hidden:
      'display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:#ecebe6',
    logo: 'display:block;max-width:240px;max-height:80px;margin:0 0 12px',
    h1: 'margin:0 0 6px;font-size:24px;line-height:1.25',
    h2: `margin:26px 0 8px;padding-top:12px;border-top:2px solid ${line};font-size:18px;line-height:1.3${own.accent === undefined ? '' : `;color:${own.accent}`}`,
    h3: 'margin:16px 0 4px;font-size:15px',
    headline: 'margin:14px 0 0;font-size:16px;line-height:1.35',
    link: `color:${link}`,
    line: 'margin:2px 0 0',
    muted: `margin:2px 0 0;font-size:13px;color:${muted}`,
    note: `margin:8px 0 0;font-size:13px;color:${muted}`,
    own: 'margin:12px 0 0',
    days: 'font-size:10px;letter-spacing:-1px;white-space:nowrap',
    mark: MARKED,
    list: 'margin:6px 0 0;padding:0 18px',
    table: `width:100%;border-collapse:collapse;font-size:14px;${FONT};color:${text}`,
    head: `padding:4px 6px;border-bottom:1px solid ${OUR_LINE};font-size:12px;color:${muted}`,
    data: `padding:4px 6px;border-bottom:1px solid ${OUR_LINE};vertical-align:top`,
  } as const
}

/** How well each of a digest's colours reads on its background. */
export function styleContrasts(
  own: Partial<Colours>,
): readonly { readonly name: string; readonly ratio: number }[] {
  const { background, ...inks } = { ...OURS, ...own }
  return Object.entries(inks).map(([name, ink]) => ({ name, ratio: contrast(ink, background) }))
}

/** Colours for dark screens, less for small ones, paper without backgrounds. */
export const SHEET = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (prefers-color-scheme:dark){',
  '.d{background:#141311!important}.p{background:#1e1d1a!important;color:#e8e5de!important}',
  '.p table,.p td,.p h2{color:#e8e5de!important}.p a{color:#8fc1f5!important}.m,.p th{color:#b0aba0!important}',
  '.p h2,.g th,.g td{border-color:#45423b!important}.p mark{background:#5c4d12!important;color:#f6efd4!important}}',
  '@media (max-width:480px){.p{padding:14px 14px!important}.g th,.g td{padding:4px 3px!important;font-size:13px!important}}',
  // The bylines name the languages too; a long word may break rather than push the page wide.
  '@media (max-width:400px){.g th:last-child,.g td:last-child{display:none}.g td:first-child,.p h3,.p li{overflow-wrap:anywhere}}',
  '@media print{.d,.p{background:none!important;color:#111!important}.p h2{color:#111!important}.p a{color:#111!important;text-decoration:underline}',
  '.p h2{margin-top:16px!important;padding-top:8px!important}.p h2,.p h3{break-after:avoid}.p div{break-inside:avoid}}',
].join('')
