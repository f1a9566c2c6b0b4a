// What every rule of the topic language means, by example. The matcher and the search are both held to it.
import type { Taggable, Topic } from '../../src/model/topic.ts'

/** The keys of a topic; a string is its query. */
export type Keys = string | Omit<Topic, 'id' | 'name'>

/** Why, a topic, an article (a string is its body), and the matched words as written; undefined when it does not match. */
export type Example = readonly [
  why: string,
  keys: Keys,
  article: string | Taggable,
  spans: string | undefined,
]

export function topicOf(keys: Keys): Topic {
  return { id: 't', name: 'T', ...(typeof keys === 'string' ? { query: keys } : keys) }
}

export function articleOf(article: string | Taggable): Taggable {
  return typeof article === 'string' ? { body: article } : article
}

export const EXAMPLES: readonly (readonly [rule: string, examples: readonly Example[]])[] = [
  [
    'a phrase',
    [
      ['runs over punctuation and line breaks', '"oil export"', 'oil,\nexport', 'oil,\nexport'],
      ['does not skip words', '"oil export"', 'oil and export', undefined],
      [
        'does not run from one field into the next',
        '"oil export"',
        { title: 'oil', body: 'export' },
        undefined,
      ],
      ['is found twice where it stands twice', '"a b"', 'a b a b', 'a b | a b'],
      ['may overlap itself', '"a b a"', 'a b a b a', 'a b a | a b a'],
    ],
  ],
  [
    'hyphen, ZWNJ and underscore',
    [
      [
        'a term with a hyphen matches apart and closed up',
        'al-Sadr',
        'al Sadr, alSadr, al_Sadr',
        'al Sadr | alSadr | al_Sadr',
      ],
      ['a term without one does not match the hyphenated word', 'alSadr', 'al-Sadr', undefined],
      ['a term of two words does not match the closed-up word', '"al Sadr"', 'alSadr', undefined],
      ['ZWNJ', 'هسته‌ای', 'هسته ای، هسته‌ای، هستهای', 'هسته ای | هسته‌ای | هستهای'],
      ['digits close up too', 'MiG-29', 'MiG 29 MiG29', 'MiG 29 | MiG29'],
      ['each hyphen by itself', 'a-b-c', 'ab c, a bc, abc, a b c', 'ab c | a bc | abc | a b c'],
      ['soft hyphens in the text do not matter', 'oilfield', 'oil\u00adfield', 'oil\u00adfield'],
    ],
  ],
  [
    'attached prefixes',
    [
      [
        'و ف ب ل ك and their unions',
        'بغداد',
        'وبغداد فبغداد لبغداد وببغداد كبغداد',
        'وبغداد | فبغداد | لبغداد | وببغداد | كبغداد',
      ],
      ['the article', 'حشد', 'الحشد والحشد بالحشد للحشد وللحشد', 'الحشد | والحشد | بالحشد | للحشد | وللحشد'],
      ['لل stands for ل and ال', 'العراق', 'للعراق وللعراق فللعراق', 'للعراق | وللعراق | فللعراق'],
      [
        'لل also stands before a word that is short without its article',
        'السد',
        'للسد وللسد',
        'للسد | وللسد',
      ],
      ['لل also stands before the beginning of a word', 'الن*', 'للنص', 'للنص'],
      [
        'a * behind takes prefixes whatever stands inside',
        'عر?قي*',
        'والعراقيون للعراقيين',
        'والعراقيون | للعراقيين',
      ],
      ['a * behind takes prefixes where one letter goes before', 'م*دوم*', 'المعدومون', 'المعدومون'],
      ['? alone takes none', 'ع?اق', 'العراق', undefined],
      ['in every word of a phrase', '"الحشد الشعبي"', 'للحشد والشعبي', 'للحشد والشعبي'],
      ['not on words of two letters', 'سد', 'وسد', undefined],
      ['three folded letters are enough', 'إيران', 'بإيران', 'بإيران'],
      ['not on what only ends like it', 'ران', 'إيران', undefined],
      ['on wildcards with three letters', 'عراقي*', 'والعراقيين', 'والعراقيين'],
      ['not on wildcards with two', 'عر*', 'وعراق', undefined],
      ['not on inner wildcards', 'عر?قي', 'وعراقي', undefined],
      ['not after =', '=بغداد', 'وبغداد', undefined],
      ['Hebrew', 'סוריה', 'וכשסוריה שבסוריה מסוריה אסוריה', 'וכשסוריה | שבסוריה | מסוריה'],
      ['Hebrew, several', 'סוריה', 'ושהסוריה כשהסוריה לסוריה', 'ושהסוריה | כשהסוריה | לסוריה'],
      ['none for Latin', 'Iraq', 'walIraq', undefined],
    ],
  ],
  [
    'wildcards',
    [
      [
        '* stands for nothing or any letters',
        'protest*',
        'protest protests protesters protect',
        'protest | protests | protesters',
      ],
      ['* stays inside one word', 'anti*war', 'anti war', undefined],
      ['inner *', 'demo*ion', 'demolition demotion demo', 'demolition | demotion'],
      [
        '? is exactly one',
        'organi?ation',
        'organisation organization organiation',
        'organisation | organization',
      ],
      ['leading *', '*abad', 'Islamabad abad', 'Islamabad | abad'],
      ['both ends', '*stan*', 'Kurdistani', 'Kurdistani'],
      ['one letter at each end', 'a*b', 'a ab acb b', 'ab | acb'],
      ['digits count as letters', 'mig*', 'MiG29', 'MiG29'],
      ['folding applies', 'DAVUT*', 'Davutoğlu', 'Davutoğlu'],
      ['an escaped star is no wildcard', 'oil\\*', 'oils oil', 'oil'],
      ['in a phrase', '"oil export*"', 'oil exporters', 'oil exporters'],
      ['before a closing-up hyphen', 'pro-Iran*', 'pro-Iranian proIranian', 'pro-Iranian | proIranian'],
    ],
  ],
  [
    '= compares as written',
    [
      ['case', '=PMF', 'pmf PMF', 'PMF'],
      ['accents', '=Fars', 'Fárs Fars', 'Fars'],
      ['letter forms', '=علي', 'علی علي', 'علي'],
      ['a possessive is not part of the word', '=IRGC', "IRGC's", 'IRGC'],
      ['phrases', '="Quds Force"', 'quds force, Quds Force', 'Quds Force'],
      ['composed and decomposed accents are the same letter', '=émir', 'e\u0301mir', 'e\u0301mir'],
      ['with a wildcard', '=Iran*', 'iranian Iranian', 'Iranian'],
    ],
  ],
  [
    '"…"~n',
    [
      [
        'any order, at most n others',
        '"sanctions relief"~2',
        'relief from the sanctions',
        'relief | sanctions',
      ],
      ['not more', '"sanctions relief"~1', 'relief from the sanctions', undefined],
      ['three words', '"a b c"~1', 'c x b a', 'c | b | a'],
      ['three words too far', '"a b c"~1', 'c x b y a', undefined],
      ['with a wildcard', '"oil* rise"~1', 'rise in oilfields', 'rise | oilfields'],
      ['the same word twice needs two', '"a a"~3', 'a', undefined],
    ],
  ],
  [
    'NEAR',
    [
      ['either order', 'missile NEAR/2 strike', 'strike by missile', 'strike | missile'],
      ['NEAR alone is NEAR/4', 'a NEAR b', 'a 1 2 3 4 b', 'a | b'],
      ['NEAR alone is not NEAR/5', 'a NEAR b', 'a 1 2 3 4 5 b', undefined],
      ['ONEAR in order only', 'a ONEAR/5 b', 'b a b', 'a | b'],
      ['not the same words', 'drone* NEAR/9 drones', 'drones', undefined],
      ['only words of pairs that satisfy it', 'a NEAR/1 b', 'a b 1 2 3 4 5 a', 'a | b'],
      ['in one field', 'a NEAR/9 b', { title: 'a', body: 'b' }, undefined],
      ['a chain measures from the pair found', 'a NEAR/1 b NEAR/1 c', 'a b 1 c', 'a | b | c'],
      ['a chain too far', 'a NEAR/1 b NEAR/1 c', 'a b 1 2 c', undefined],
      ['a chain may find its third inside the pair', 'a NEAR/3 b NEAR/0 c', 'a c b', 'a | c | b'],
      ['binds tighter than AND', 'x AND a NEAR/0 b', 'a b x', 'a | b | x'],
      ['phrases count as one', '"oil export" NEAR/0 ban', 'oil export ban', 'oil export | ban'],
      ['lists', '(a OR b) NEAR/0 (c OR d)', 'b d', 'b | d'],
    ],
  ],
  [
    'ATLEAST',
    [
      ['all text fields together', 'ATLEAST/2(oil)', { title: 'oil', body: 'oil' }, 'oil | oil'],
      ['different places', 'ATLEAST/2(oil OR "oil price")', 'oil price', undefined],
      ['lists', 'ATLEAST/3(oil OR gas)', 'oil gas oil', 'oil | gas | oil'],
      ['NEAR', 'ATLEAST/2(a NEAR/0 b)', 'a b x a b', 'a | b | a | b'],
    ],
  ],
  [
    'boolean operators',
    [
      ['| is OR', 'oil|gas', 'gas', 'gas'],
      ['- after a bracket is NOT', 'oil AND (-gas)', 'oil gas', undefined],
      ['a hyphen inside a word is none', 'cease-fire', 'cease-fire', 'cease-fire'],
      ['NOT binds tighter than AND', 'NOT a AND b', 'b', 'b'],
      ['AND binds tighter than OR', 'a OR b AND c', 'a', 'a'],
      ['an alternative that does not hold is not shown', '(a AND b) OR c', 'a c', 'c'],
      ['every true alternative is shown', 'a OR b OR (c AND d)', 'd c b', 'd | c | b'],
      ['lower-case operators are words', 'oil and gas', 'oil and gas', 'oil | and | gas'],
      ['quoted operators are words', 'oil "AND" gas', 'gas and oil', 'gas | and | oil'],
      ['curly and angle quotes', '“oil export” OR «gas export»', 'gas export', 'gas export'],
      ['Hebrew abbreviations are no quotes', 'צה"ל OR x', 'צהל', 'צהל'],
    ],
  ],
  [
    'fields and metadata',
    [
      ['text: is title, summary and body', 'text:oil', { author: 'Oil', summary: 'oil' }, 'oil'],
      ['the author only when asked', 'oil', { author: 'Oil' }, undefined],
      ['author:', 'author:"Jane Roe"', { author: 'By Jane Roe' }, 'Jane Roe'],
      ['a group', 'title:(oil OR gas)', { title: 'Gas', body: 'oil' }, 'Gas'],
      ['lang covers regions', 'oil lang:en', { body: 'oil', lang: 'en-GB' }, 'oil'],
      ['lang is not a prefix', 'oil lang:en', { body: 'oil', lang: 'eng' }, undefined],
      ['lists', 'oil lang:(fa OR ar)', { body: 'oil', lang: 'AR' }, 'oil'],
      ['a missing value never matches', 'oil lang:ar', 'oil', undefined],
      ['nor is it excluded', 'oil -lang:ar', 'oil', 'oil'],
      ['whole values', 'oil source:reuters', { body: 'oil', source: 'reuters-me' }, undefined],
      ['with *', 'oil source:*-me', { body: 'oil', source: 'Reuters-ME' }, 'oil'],
      ['any tag', 'oil tag:Energy', { body: 'oil', tags: ['x', 'energy'] }, 'oil'],
      [
        'url: without * is a part',
        'oil url:/economy/',
        { body: 'oil', url: 'https://n.example/Economy/1' },
        'oil',
      ],
      [
        'url: with * is whole',
        'oil url:*/economy/',
        { body: 'oil', url: 'https://n.example/economy/1' },
        undefined,
      ],
      ['quoted values', 'oil source:"The Basra Post"', { body: 'oil', source: 'the basra post' }, 'oil'],
      [
        'spans in the order of fields',
        'oil OR author:oil',
        { author: 'oil', body: 'oil', title: 'OIL' },
        'OIL | oil | oil',
      ],
    ],
  ],
  [
    'YAML keys',
    [
      [
        'operators and brackets in entries are plain text',
        { any: ['oil AND (gas)'] },
        'oil and gas',
        'oil and gas',
      ],
      [
        '= and ~ and wildcards work',
        { any: ['=OPEC', '~Hossein', 'tank*'] },
        'opec Hussain tankers',
        'Hussain | tankers',
      ],
      ['a nested list in all is one of', { all: ['oil', ['Basra', 'Erbil']] }, 'oil Erbil', 'oil | Erbil'],
      ['all needs every one', { all: ['oil', ['Basra', 'Erbil']] }, 'oil', undefined],
      ['none excludes', { any: ['oil'], none: ['olive oil'] }, 'olive oil', undefined],
      ['near in order', { near: { within: 1, ordered: true, of: [['a'], ['b']] } }, 'b a', undefined],
      ['near of three', { near: { within: 0, of: [['a'], ['b'], ['c']] } }, 'b a c', 'b | a | c'],
      ['where', { any: ['oil'], where: { lang: ['fa', 'ar'] } }, { body: 'oil', lang: 'en' }, undefined],
      [
        'field limits lists, not the query',
        { any: ['oil'], field: 'title', query: 'gas' },
        { title: 'oil', body: 'gas' },
        'oil | gas',
      ],
      ['field: elsewhere', { any: ['oil'], field: 'title' }, { body: 'oil' }, undefined],
      ['a language list applies without a language', { any: { fa: ['سپاه'] } }, 'سپاه', 'سپاه'],
      [
        '* applies to all',
        { any: { fa: ['سپاه'], '*': ['IRGC'] } },
        { body: 'IRGC سپاه', lang: 'ar' },
        'IRGC',
      ],
      ['no attached prefixes under fa', { any: { fa: ['بغداد'] } }, 'وبغداد', undefined],
      ['attached prefixes under ar', { any: { ar: ['بغداد'] } }, 'وبغداد', 'وبغداد'],
      ['none by language', { any: ['a'], none: { en: ['b'] } }, { body: 'a b', lang: 'ar' }, 'a'],
      ['all keys hold together', { any: ['a'], all: ['b'], query: 'c' }, 'a b', undefined],
    ],
  ],
  [
    'names after ~',
    [
      [
        'romanisations',
        '~Hossein',
        'Hussein Husayn Hosein Hussain Hassan',
        'Hussein | Husayn | Hosein | Hussain',
      ],
      [
        'the article is optional',
        '~"Moqtada al-Sadr"',
        'Muqtada Sadr; Muqtada as-Sadr',
        'Muqtada Sadr | Muqtada as-Sadr',
      ],
      ['kh and x, q k gh g', '~Qassem', 'Kassim Ghasem', 'Kassim | Ghasem'],
      ['-ah is -a', '~Fatima', 'Fatimah Fatemeh', 'Fatimah | Fatemeh'],
      [
        'Abdul in one word or two',
        '~"Abdul Mahdi"',
        'Abdel Mahdi; Abd al-Mahdi',
        'Abdel Mahdi | Abd al-Mahdi',
      ],
      ['not another name', '~Khamenei', 'Khomeini', undefined],
      ['not another word', '~Rouhani', 'the Romans', undefined],
    ],
  ],
  [
    'scripts that do not separate words',
    [
      ['Han', '伊拉克', '在伊拉克总理', '伊拉克'],
      ['Japanese', 'イラク', '新イラク戦争', 'イラク'],
      ['Korean', '이라크', '이라크군', '이라크'],
      ['Thai', 'อิรัก', 'ในอิรักวันนี้', 'อิรัก'],
      ['a star behind Han adds nothing', '伊拉克*', '伊拉克总理', '伊拉克'],
    ],
  ],
]
