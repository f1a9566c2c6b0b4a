// Who wrote it, as feeds write names.
import type { Person } from '../model/item.ts'
import { collapseSpace } from '../text/html-settled.ts'
import { childrenOf, textOf, textOfChild, type XmlElement } from './parse-element.ts'

const MAIL = '[^\\s@<>()",;:]+@[^\\s@<>()",;:]+'
const MAIL_NAME = new RegExp(`^(?:mailto:)?(${MAIL})\\s*\\(([^()]+)\\)$`, 'i')
const NAME_MAIL = new RegExp(`^"?([^<"]*?)"?\\s*<(?:mailto:)?(${MAIL})>$`, 'i')
const NAME_PARENTHESIS = new RegExp(`^(.+?)\\s*\\((${MAIL})\\)$`)
const ONLY_MAIL = new RegExp(`^(?:mailto:)?(${MAIL})$`, 'i')
/** Names are cut well below this; nobody looks at what is behind it. */
const TEXT_LENGTH_MAX = 65_536
/** A longer name is no name; it is kept whole and not searched for addresses. */
const NAME_LENGTH_MAX = 300

/** "mail (Name)" (RSS 2.0), "Name <mail>", "Name (mail)", a mail alone, or a name. Undefined when there is nothing. */
export function parsePerson(text: string): Person | undefined {
  const written = collapseSpace(text.slice(0, TEXT_LENGTH_MAX)).trim()
  if (written === '') return undefined
  if (written.length > NAME_LENGTH_MAX || !written.includes('@')) return { name: written }
  const [, mailFirst, nameAfter] = MAIL_NAME.exec(written) ?? []
  if (mailFirst !== undefined) return person(nameAfter, mailFirst)
  const [, name, mail] = NAME_MAIL.exec(written) ?? NAME_PARENTHESIS.exec(written) ?? []
  if (mail !== undefined) return person(name, mail)
  const alone = ONLY_MAIL.exec(written)?.[1]
  return alone === undefined ? { name: written } : { email: alone }
}

function person(name: string | undefined, email: string | undefined, url?: string): Person {
  return { ...(name ? { name } : {}), ...(email ? { email } : {}), ...(url ? { url } : {}) }
}

/** An Atom person, or a text that names one. */
export function readPerson(element: XmlElement): Person | undefined {
  if (element.children.length === 0) return parsePerson(textOf(element))
  const parts = (local: string): string | undefined => textOfChild(element, `atom:${local}`, local)
  const [name, email, url] = [
    parts('name'),
    parts('email'),
    parts('uri') ?? parts('url') ?? parts('homepage'),
  ]
  if (name !== undefined || email !== undefined || url !== undefined)
    return { ...parsePerson(name ?? ''), ...person(undefined, email, url) }
  return parsePerson(textOf(element))
}

/** The authors of an item: those of the first kind of element that names anybody, else those of its source feed. */
export function readAuthors(
  elements: readonly XmlElement[],
  sources: readonly XmlElement[],
): readonly Person[] {
  const people: Person[] = []
  let key = ''
  for (const element of elements) {
    if (people.length > 0 && element.name.key !== key) break
    key = element.name.key
    const person = readPerson(element)
    if (person !== undefined) people.push(person)
  }
  const inner = sources.flatMap((source) => childrenOf(source, 'atom:author', 'author'))
  return people.length > 0 || inner.length === 0 ? people : readAuthors(inner, [])
}
