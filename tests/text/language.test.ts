import { beforeAll, describe, expect, test } from 'vitest'
import { detectLanguage, type LanguageDetector, loadLanguageDetector } from '../../src/text/language.ts'

let detector: LanguageDetector
beforeAll(async () => {
  detector = await loadLanguageDetector()
})

const titles: readonly (readonly [string, string])[] = [
  ['ar', 'الحكومة تعلن موعد الانتخابات المقبلة في البصرة'],
  ['ar', 'رئيس الوزراء يبحث ملف الطاقة مع الوفد الزائر'],
  ['fa', 'دولت زمان برگزاری انتخابات را اعلام کرد'],
  ['fa', 'قیمت نفت در بازارهای جهانی پایین آمد'],
  ['ur', 'حکومت نے انتخابات کی تاریخ کا اعلان کر دیا'],
  ['ur', 'تیل کی قیمتوں میں بڑی کمی ہو گئی'],
  ['ps', 'حکومت د ټاکنو نېټه اعلان کړه'],
  ['ps', 'د تېلو بیې په نړیوالو بازارونو کې راټیټې شوې'],
  ['ckb', 'حکوومەت کاتی هەڵبژاردنی ڕاگەیاند'],
  ['ckb', 'نرخی نەوت لە بازاڕەکانی جیهان دابەزی'],
  ['ku', 'Hikûmetê dîroka hilbijartinan li Hewlêrê ragihand'],
  ['ku', 'Bihayê petrolê di sûkên cîhanê de daket'],
  ['en', 'The government announces the date of the next election'],
  ['tr', 'Hükümet seçim tarihini açıkladı'],
  ['fr', 'Le gouvernement annonce la date des prochaines élections'],
  ['de', 'Die Regierung gibt den Termin der nächsten Wahl bekannt'],
  ['ru', 'Правительство объявило дату следующих выборов'],
  ['en', 'Rebels seize airport'],
  ['en', 'Warehouse fire kills six in Basra'],
  ['en', 'UN envoy to visit Sanaa'],
  ['fr', 'Même en île, la fête bat son plein'],
  ['fr', 'Accord sur les sanctions et les missiles'],
  ['es', 'Ataque con drones en Erbil'],
  ['de', 'Die Bank will in Bagdad bleiben'],
  ['tr', 'Gazze’de ateşkes'],
  ['tr', 'Irak’ta protesto'],
  ['tr', 'Futbolda şike davası'],
  ['ru', 'Иран'],
  ['ru', 'Доллар упал'],
  ['bg', 'Доларът падна след срещата'],
  ['ar', 'بيان مشترك'],
  ['ps', 'روسیه بریدونه کوي'],
  ['sr', 'Влада најавила изборе у јуну'],
  ['ps', 'د کابل ښار روغتون'],
  ['ps', 'د افغانستان د بهرنیو چارو وزیر'],
  ['ps', 'د طالبانو مشر'],
  ['ps', 'د ملګرو ملتونو استازی'],
  ['ar', 'د. سامي الخطيب يزور الموصل'],
  ['ur', 'صدر کا خطاب'],
  ['fa', 'خرید واکسن کرونا'],
  ['ku', 'Serokê Herêma Kurdistanê'],
  ['ku', 'Nirxê petrolê daket'],
  ['ku', 'PKK çek danîn'],
  ['ku', 'Rojnamevan hatin girtin'],
  ['ku', 'Li Qamişlo protesto'],
  ['ro', 'Președintele vine în Irak'],
  ['he', 'הממשלה הודיעה על מועד הבחירות הבאות'],
]

describe('the language of a title', () => {
  test.each(titles)('%s: %s', (language, title) => {
    expect(detectLanguage(title, detector)).toBe(language)
  })

  test('letters alone tell Pashto, Urdu, Sorani and Kurmanji, and Arabic from Persian', () => {
    const byLetters = titles.filter(([language]) =>
      ['ar', 'fa', 'ur', 'ps', 'ckb', 'ku', 'he'].includes(language),
    )
    expect(byLetters.map(([, title]) => detectLanguage(title))).toEqual(
      byLetters.map(([language]) => language),
    )
  })

  test('a circumflex does not make French or Portuguese Kurmanji', () => {
    expect(detectLanguage('La fête de l’île a été un succès sûr pour tous', detector)).toBe('fr')
    expect(detectLanguage('Você pode ser o próximo a comprar a casa', detector)).toBe('pt')
  })

  test('what has no letters is und, or what the feed declares', () => {
    expect(detectLanguage('2026: 5 – 3 😀', detector)).toBe('und')
    expect(detectLanguage('2026: 5 – 3', detector, 'fa-IR')).toBe('fa')
  })

  test('a title of names alone is und, or what the feed declares', () => {
    expect(detectLanguage('Erbil, Basra, Zakho', detector)).toBe('und')
    expect(detectLanguage('Erbil, Basra, Zakho', detector, 'en')).toBe('en')
  })

  test('between languages of the same letters the declared one is believed', () => {
    expect(detectLanguage('Bakıda partlayış', detector, 'az')).toBe('az')
    expect(detectLanguage('Пожар в София', detector, 'bg')).toBe('bg')
  })

  test('the declared language does not overrule the letters', () => {
    expect(detectLanguage('نرخی نەوت دابەزی', detector, 'ar')).toBe('ckb')
  })
})
