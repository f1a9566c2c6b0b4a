import Database from 'better-sqlite3'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldText } from '../../src/text/fold.ts'
import { anyText } from '../any-text.ts'

describe('folding', () => {
  const same: readonly (readonly [string, string, string])[] = [
    ['case and Latin accents', 'DAVUTOĞLU Müller', 'davutoglu muller'],
    ['combining accents', 'e\u0301mir émir', 'emir emir'],
    ['Turkish i', 'İSTANBUL ışık', 'istanbul isik'],
    ['letters that are two', 'Straße Ærø œuvre STRASSE', 'strasse aero oeuvre strasse'],
    ['stroked letters', 'Øłđ Đ', 'old d'],
    ['Greek final sigma', 'ΟΔΟΣ οδος', 'οδοσ οδοσ'],
    ['yo but not short i', 'Ёлкий', 'елкий'],
    ['short i however it is written', 'Росс\u0438\u0306 Россй', 'россй россй'],
    ['Arabic alef forms', 'أحمد إيران آب ٱلله', 'احمد ايران اب الله'],
    ['yeh, kaf and heh forms', 'علی على شئ کرونا مكة خانهٔ', 'علي علي شي كرونا مكه خانه'],
    ['hamza', 'مؤتمر بناء', 'موتمر بنا'],
    ['harakat and tatweel', 'بَرهَم صــالح', 'برهم صالح'],
    ['Hebrew final letters and niqqud', 'שָׁלוֹם', 'שלומ'],
    ['digits of any script', '١٢٣ ۴۵۶ ๒๕', '123 456 25'],
    ['presentation forms', 'ﻻ ﬁ ｶﾞ Ｕ', 'لا fi ガ u'],
    ['Hangul in pieces', '\u1112\u1161\u11ab', '한'],
    ['a mark on a tatweel, which is no letter', 'ـ\u09d7U.S. a\u09d7', '\u09d7 us a\u09d7'],
    ['soft hyphen, ZWJ and bidi controls', 'oil\u00adfield \u202ba\u200db\u202c', 'oilfield ab'],
    ['transliteration letters', 'ʿAli Kaʾba Raʼad Qurʻan', 'ali kaba raad quran'],
    ['apostrophes', "Sana'a Iraq's Kata`ib", 'sanaa iraq kataib'],
    ['dotted capitals', 'U.S. I.R.G.C.', 'us irgc'],
    ['fractions and ligatures of several words', '½ ﷺ', '1 2 صلي الله عليه وسلم'],
  ]
  test.each(same)('%s', (_, text, expected) => {
    expect(foldText(text)).toBe(expected)
  })

  test('folding twice changes nothing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const once = foldText(text)
        expect(foldText(once)).toBe(once)
      }),
    )
  })

  test('canonically equivalent texts fold alike', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')))
      }),
    )
  })

  test('the ascii tokenizer of FTS5 cuts a folded text into exactly our words', () => {
    const db = new Database(':memory:')
    db.exec(`create virtual table t using fts5(x, tokenize = 'ascii');
             create virtual table v using fts5vocab(t, instance)`)
    const insert = db.prepare('insert into t (rowid, x) values (1, ?)')
    const tokens = db.prepare('select term from v order by "offset"').pluck()
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 60 }), (text) => {
        const folded = foldText(text)
        db.exec('delete from t')
        insert.run(folded)
        expect(tokens.all()).toEqual(folded === '' ? [] : folded.split(' '))
      }),
    )
    db.close()
  })
})
