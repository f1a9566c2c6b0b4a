// Texts of any characters for property tests, lone surrogates and controls included; quicker to make than fast-check's own.
import fc from 'fast-check'

const CODE_MAX = 0x2_fa1f // the last Han character with a compatibility form

const character = fc.oneof(fc.integer({ min: 0, max: 0x7f }), fc.integer({ min: 0, max: CODE_MAX }))

export const anyText = fc.array(character, { maxLength: 24 }).map((codes) => String.fromCodePoint(...codes))
