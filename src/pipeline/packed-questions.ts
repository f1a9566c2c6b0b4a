// Questions about items on their way to another thread: numbers and texts each in one run.
import type { Instant } from '../model/time.ts'
import { LEAD_UNITS } from '../text/fingerprint.ts'
import { printOf } from './echo-document.ts'
import type { Question } from './judge.ts'
import { printSize, readPrint, writePrint } from './packed-print.ts'
import { createTextPacker, createTextReader, type PackedTexts, type TextReader } from './packed-texts.ts'

/** What cannot be told in a run of texts. */
type Special = Pick<Question, 'known' | 'compared' | 'isLate'>

export type PackedQuestions = {
  readonly texts: PackedTexts
  readonly instants: Float64Array<ArrayBuffer> // of each: when it was told, and when it came
  readonly prints: Int32Array<ArrayBuffer>
  readonly specials: readonly (readonly [index: number, special: Special])[] // of the few that the store knows something of
}

/** The memory of `instants` and `prints` is to be transferred. */
export function packQuestions(questions: readonly Question[]): PackedQuestions {
  const packer = createTextPacker()
  const documents = questions.map(({ document }) => document)
  const prints = documents.map(printOf)
  const integers = new Int32Array(prints.reduce((sum, print) => sum + printSize(print), 0))
  let from = 0
  for (const [index, { title, text, sourceId, family, url, language }] of documents.entries()) {
    for (const one of [title, text.slice(0, LEAD_UNITS), sourceId, family, url, language]) packer.add(one)
    const print = prints[index]
    if (print === undefined) continue
    writePrint(integers, from, print)
    from += printSize(print)
  }
  return {
    texts: packer.packed(),
    instants: Float64Array.from(documents.flatMap(({ at, seenAt = at }) => [at, seenAt])),
    prints: integers,
    specials: questions.flatMap(({ known, compared, isLate }, index) =>
      isLate || known.sameItem !== undefined || known.sameUrl !== undefined
        ? [[index, { known, compared, isLate }] as const]
        : [],
    ),
  }
}

/** Of an item that nothing is known of, only its fingerprint is compared. */
const usual: Special = { known: {}, compared: '', isLate: false }

/** What `packQuestions` packed, in the same order; of the texts as much as is asked for. */
export function unpackQuestions({ texts, instants, prints, specials }: PackedQuestions): readonly Question[] {
  const special = new Map(specials)
  const reader = createTextReader(texts)
  const questions: Question[] = []
  for (let [index, from] = [0, 0]; !reader.isAtEnd(); index++) {
    const print = readPrint(prints, from)
    from += printSize(print)
    const [at = 0, seenAt = at] = instants.subarray(2 * index, 2 * index + 2)
    const document = { ...nextDocument(reader, at), seenAt, print }
    questions.push({ document, ...(special.get(index) ?? usual) })
  }
  return questions
}

function nextDocument(reader: TextReader, at: Instant): Question['document'] {
  const text = (): string => reader.next() ?? ''
  const told = { articleId: 0, title: text(), text: text(), sourceId: text(), family: text(), at }
  const [url, language] = [reader.next(), reader.next()]
  return {
    ...told,
    ...(url === undefined ? {} : { url }),
    ...(language === undefined ? {} : { language }),
  }
}
