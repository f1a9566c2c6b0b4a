// How an edition looks in a mail. Everything is inline, since some programs drop style sheets; the sheet only adds dark, small and print.

const FONT = "font-family:'Segoe UI',Tahoma,Arial,sans-serif"
const COLOURS = {
  ink: '#1f1e1b',
  muted: '#5f5b53',
  paper: '#faf9f6',
  desk: '#ecebe6',
  link: '#0b4a8f',
  mark: '#f7e7a1',
  line: '#d9d5ca',
}

export const STYLE = {
  body: `margin:0;padding:0;background:${COLOURS.desk}`,
  cell: `padding:20px 24px;background:${COLOURS.paper};color:${COLOURS.ink};${FONT};font-size:15px;line-height:1.5`,
  hidden:
    'display:none;max-height:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px;color:#ecebe6',
  h1: 'margin:0 0 6px;font-size:24px;line-height:1.25',
  h2: `margin:26px 0 8px;padding-top:12px;border-top:2px solid ${COLOURS.line};font-size:18px;line-height:1.3`,
  h3: 'margin:16px 0 4px;font-size:15px',
  headline: 'margin:14px 0 0;font-size:16px;line-height:1.35',
  link: `color:${COLOURS.link}`,
  line: 'margin:2px 0 0',
  muted: `margin:2px 0 0;font-size:13px;color:${COLOURS.muted}`,
  note: `margin:8px 0 0;font-size:13px;color:${COLOURS.muted}`,
  days: 'font-size:10px;letter-spacing:-1px;white-space:nowrap',
  mark: `background:${COLOURS.mark};color:${COLOURS.ink}`,
  list: 'margin:6px 0 0;padding:0 18px',
  table: `width:100%;border-collapse:collapse;font-size:14px;${FONT};color:${COLOURS.ink}`,
  head: `padding:4px 6px;border-bottom:1px solid ${COLOURS.line};font-size:12px;color:${COLOURS.muted}`,
  data: `padding:4px 6px;border-bottom:1px solid ${COLOURS.line};vertical-align:top`,
} as const

/** Colours for dark screens, one column for small ones, paper without backgrounds. */
export const SHEET = [
  ':root{color-scheme:light dark;supported-color-schemes:light dark}',
  '@media (prefers-color-scheme:dark){',
  '.d{background:#141311!important}.p{background:#1e1d1a!important;color:#e8e5de!important}',
  '.p table,.p td{color:#e8e5de!important}.p a{color:#8fc1f5!important}.m,.p th{color:#b0aba0!important}',
  '.p h2,.g th,.g td{border-color:#45423b!important}.p mark{background:#5c4d12!important;color:#f6efd4!important}}',
  '@media (max-width:480px){.p{padding:14px 14px!important}.g th,.g td{padding:4px 3px!important;font-size:13px!important}}',
  '@media print{.d,.p{background:none!important;color:#111!important}.p a{color:#111!important;text-decoration:underline}',
  '.p h2,.p h3{break-after:avoid}.p div{break-inside:avoid}}',
].join('')
