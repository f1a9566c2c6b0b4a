// Short words that Arabic and Hebrew write together with the next one: "and", "in", "for", "the".

const ARABIC = 'و ف ب ل ك ال وال فال بال كال لل ولل فلل وب ول وك فب فل'.split(' ')
const HEBREW = 'ו ה ב ל מ ש כ וה וב ול ומ וש שה מה כש שב של בה לה וכש ושה כשה'.split(' ')

/** Prefixes that may stand in front of a word, folded; all are one to three letters long. */
export const ATTACHED_PREFIXES: readonly string[] = [...ARABIC, ...HEBREW]

/** The Arabic article; `لل` stands for ل and ال, so behind it the article is put back. */
export const ARABIC_ARTICLE = 'ال'

/** A prefix that has swallowed the article. */
export function swallowsArticle(prefix: string): boolean {
  return prefix.endsWith('لل')
}

/** The shortest word, in folded letters, that prefixes may attach to. */
export const ATTACHABLE_LENGTH = 3

const HEBREW_BLOCK = 0x590 // the first of the two scripts

/** Whether a folded word is one that prefixes attach to: three or more letters of Arabic or Hebrew script. */
export function isAttachable(word: string): boolean {
  return word.charCodeAt(0) >= HEBREW_BLOCK && isOfOneScript(word)
}

function isOfOneScript(word: string): boolean {
  return /^(?:\p{Script=Arabic}{3,}|\p{Script=Hebrew}{3,})$/u.test(word)
}
