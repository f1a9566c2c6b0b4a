import { expect, test } from 'vitest'
import { foldCharacter } from '../../src/text/fold-character.ts'
import {
  KIND,
  kindOfCharacter,
  kindOfUnit,
  NOT_PLAIN,
  PLAIN_SEPARATOR,
  plainCodes,
} from '../../src/text/letter-kinds.ts'

const ascii = Array.from({ length: 0x80 }, (_, unit) => unit)

function plainCodeByRule(character: string): number {
  const kind = kindOfCharacter(character)
  if (kind === KIND.SEPARATOR) return PLAIN_SEPARATOR
  return kind === KIND.LETTER ? foldCharacter(character).charCodeAt(0) : NOT_PLAIN
}

test('what is known of ASCII from the start is what the rules say of it', () => {
  const codes = ascii.map((unit) => plainCodes[unit])
  const characters = ascii.map((unit) => String.fromCharCode(unit))
  expect(ascii.map(kindOfUnit)).toEqual(characters.map(kindOfCharacter))
  expect(codes).toEqual(characters.map(plainCodeByRule))
})
