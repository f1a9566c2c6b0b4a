// News-like articles and watchlist-like terms in English, Arabic and Persian, made from word lists: the same at every run.
import { readFileSync } from 'node:fs'
import type { Taggable } from '../src/model/topic.ts'

type Language = 'en' | 'ar' | 'fa'

/** A small deterministic generator (xorshift), so that every run sees the same texts. */
function generator(seed: number): () => number {
  let state = seed
  return () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
}

type Weighted = { readonly words: readonly string[]; readonly sums: readonly number[] }
type Counts = Readonly<Record<string, readonly { readonly oneIn: number; readonly words: string }[]>>

const counts = JSON.parse(
  readFileSync(new URL('../src/text/background-counts.json', import.meta.url), 'utf8'),
) as Counts // the shape that src/text/background-counts.ts reads

// The counts know common Arabic words only; these make up the rest of a report.
const ARABIC_NEWS =
  'الحكومة الرئيس البرلمان الانتخابات الأمن القوات الجيش المدينة المنطقة الوزراء وزير الخارجية الدفاع الداخلية المالية النفط الغاز الاقتصاد السوق البنك المركزي الأسعار الاتفاق الاجتماع المفاوضات السلام الحرب الهجوم القصف الحدود اللاجئين المساعدات الأمم المتحدة الدولي المجلس القرار القانون المحكمة القضاء الشرطة التحقيق المتظاهرين الاحتجاجات الساحة العاصمة المحافظة الحزب التيار الكتلة النواب رئيس الجمهورية السفارة السفير الزيارة الوفد التعاون المشروع الشركة الطاقة الكهرباء المياه الصحة التعليم الجامعة المدارس الطلاب العمال النقابة الإضراب الصحافة الإعلام القناة البيان المتحدث مصدر تصريح أعلن أكد أوضح أضاف شدد طالب دعا رفض وقع وصل غادر التقى بحث ناقش استقبل كشف نفى اتهم حذر انتقد رحب بدأ انتهى ارتفع انخفض قتل أصيب اعتقل أطلق قررت تسعى تعمل شهدت تستمر جديدة كبيرة سياسية اقتصادية عسكرية أمنية دولية إقليمية محلية رسمية عاجلة خطيرة مشتركة الماضي الجاري المقبل الأول الثاني أمس غدا اليوم الأسبوع الشهر العام صباح مساء مليون مليار دولار بالمئة شخص مواطن عائلة أطفال نساء رجال شباب سنوات أيام ساعات'.split(
    ' ',
  )
const ARABIC_PREFIXES = ['', '', '', '', 'و', 'ب', 'ل']

function weighted(pairs: readonly (readonly [string, number])[]): Weighted {
  let sum = 0
  const sums = pairs.map(([, weight]) => {
    sum += weight
    return sum
  })
  return { words: pairs.map(([word]) => word), sums }
}

function known(language: Language): readonly (readonly [string, number])[] {
  return (counts[language] ?? []).flatMap(({ oneIn, words }) =>
    words.split(' ').map((word) => [asWritten(language, word), 1 / oneIn] as const),
  )
}

/** The counts hold folded words; Persian is written with its own two letters. */
function asWritten(language: Language, word: string): string {
  return language === 'fa' ? word.replaceAll('ي', 'ی').replaceAll('ك', 'ک') : word
}

const vocabularies: Readonly<Record<Language, Weighted>> = {
  en: weighted(known('en')),
  fa: weighted(known('fa')),
  ar: weighted([...known('ar'), ...ARABIC_NEWS.map((word, at) => [word, 1 / (4 + at / 4)] as const)]),
}

function pick({ words, sums }: Weighted, random: () => number): string {
  const wanted = random() * (sums.at(-1) ?? 0)
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) < wanted) low = middle + 1
    else high = middle
  }
  return words[low] ?? ''
}

const FIRST: Readonly<Record<Language, readonly string[]>> = {
  en: 'Ahmad Ali Amir Barham Bashar Daniel David Elena Farid Fatima George Hadi Haider Hamid Hana Hassan Helen Hossein Hussein Ibrahim Ismail Jamal James Javad Joanna Karim Khalid Laila Louise Mahmoud Majid Maria Martin Maryam Masoud Michael Mohammad Mostafa Moqtada Nadia Nasser Nouri Omar Parviz Peter Qassem Rashid Reza Robert Sadiq Salim Samir Sara Stephen Tariq Thomas Walid William Yasmin Yusuf Zahra'.split(
    ' ',
  ),
  ar: 'أحمد علي أمير برهم بشار دانيال داود إيلينا فريد فاطمة جورج هادي حيدر حميد هناء حسن هيلين حسين إبراهيم إسماعيل جمال جيمس جواد كريم خالد ليلى لويز محمود ماجد ماريا مارتن مريم مسعود ميخائيل محمد مصطفى مقتدى نادية ناصر نوري عمر بيتر قاسم رشيد رضا روبرت صادق سليم سمير سارة ستيفن طارق توماس وليد وليام ياسمين يوسف زهراء عبدالله عبدالرحمن'.split(
    ' ',
  ),
  fa: 'احمد علی امیر برهم بشار دانیال داوود النا فرید فاطمه جورج هادی حیدر حمید هانیه حسن هلن حسین ابراهیم اسماعیل جمال جیمز جواد کریم خالد لیلا لوئیز محمود مجید ماریا مارتین مریم مسعود میخائیل محمد مصطفی مقتدی نادیا ناصر نوری عمر پیتر قاسم رشید رضا رابرت صادق سلیم سمیر سارا استیون طارق توماس ولید ویلیام یاسمن یوسف زهرا پرویز پژمان'.split(
    ' ',
  ),
}
const LAST: Readonly<Record<Language, readonly string[]>> = {
  en: 'Abadi Abdul-Mahdi Ahmadi Allawi Amiri Ansari Araghchi Assad Baker Barzani Bayati Becker Carter Chalabi Cooper Dawson Ebrahimi Fayyad Fischer Gharibi Ghani Hakim Halbousi Hamidi Harris Hashemi Jaafari Jalili Jordan Kadhimi Karimi Khatami Khazali Kingsley Lambert Larijani Maliki Mansouri Mitchell Moradi Mousavi Muhandis Nujaifi Oliveira Pahlavi Petrov Qalibaf Qureshi Rahimi Rezaei Rouhani Sadr Salih Shahristani Sistani Soleimani Stewart Sudani Talabani Tawfiq Velayati Walker Williams Yazdi Zarif Zebari Zolghadr'.split(
    ' ',
  ),
  ar: 'العبادي المهدي الأحمدي علاوي العامري الأنصاري عراقجي الأسد بيكر بارزاني البياتي الجلبي كوبر الإبراهيمي الفياض فيشر الغريبي الغني الحكيم الحلبوسي الحميدي هاريس الهاشمي الجعفري جليلي الأردني الكاظمي الكريمي خاتمي الخزعلي لامبرت لاريجاني المالكي المنصوري ميتشل المرادي الموسوي المهندس النجيفي بهلوي بتروف قاليباف القرشي الرحيمي رضائي روحاني الصدر صالح الشهرستاني السيستاني سليماني ستيوارت السوداني طالباني توفيق ولايتي ووكر ويليامز اليزدي ظريف زيباري ذوالقدر الخامنئي التميمي'.split(
    ' ',
  ),
  fa: 'عبادی عبدالمهدی احمدی علاوی عامری انصاری عراقچی اسد بیکر بارزانی بیاتی چلبی کوپر ابراهیمی فیاض فیشر غریبی غنی حکیم حلبوسی حمیدی هریس هاشمی جعفری جلیلی کاظمی کریمی خاتمی خزعلی لمبرت لاریجانی مالکی منصوری میچل مرادی موسوی مهندس نجیفی پهلوی پتروف قالیباف قریشی رحیمی رضایی روحانی صدر صالح شهرستانی سیستانی سلیمانی استوارت سودانی طالبانی توفیق ولایتی واکر ویلیامز یزدی ظریف زیباری ذوالقدر خامنه‌ای پزشکیان'.split(
    ' ',
  ),
}
const BODY_OF: Readonly<Record<Language, readonly string[]>> = {
  en: 'Ministry of|Central Bank of|Governor of|University of|Port of|Embassy of|Supreme Court of|Parliament of|Chamber of Commerce of|Oil Company of|Football Federation of|Airport of|Police of|Mayor of|Red Crescent of'.split(
    '|',
  ),
  ar: 'وزارة|البنك المركزي في|محافظ|جامعة|ميناء|سفارة|المحكمة العليا في|مجلس النواب في|غرفة تجارة|شركة نفط|اتحاد كرة القدم في|مطار|شرطة|رئيس بلدية|الهلال الأحمر في'.split(
    '|',
  ),
  fa: 'وزارت|بانک مرکزی|استاندار|دانشگاه|بندر|سفارت|دیوان عالی|مجلس نمایندگان|اتاق بازرگانی|شرکت نفت|فدراسیون فوتبال|فرودگاه|پلیس|شهردار|هلال احمر'.split(
    '|',
  ),
}
const PLACE: Readonly<Record<Language, readonly string[]>> = {
  en: 'Aleppo Amman Ankara Baghdad Basra Beirut Berlin Cairo Damascus Doha Dubai Erbil Geneva Homs Idlib Isfahan Istanbul Jeddah Kabul Karbala Kirkuk Kuwait London Mashhad Mosul Muscat Najaf Nasiriyah Paris Qom Riyadh Sanaa Shiraz Sulaymaniyah Tabriz Tehran Tripoli Tunis Vienna Warsaw'.split(
    ' ',
  ),
  ar: 'حلب عمان أنقرة بغداد البصرة بيروت برلين القاهرة دمشق الدوحة دبي أربيل جنيف حمص إدلب أصفهان اسطنبول جدة كابول كربلاء كركوك الكويت لندن مشهد الموصل مسقط النجف الناصرية باريس قم الرياض صنعاء شيراز السليمانية تبريز طهران طرابلس تونس فيينا وارسو'.split(
    ' ',
  ),
  fa: 'حلب امان آنکارا بغداد بصره بیروت برلین قاهره دمشق دوحه دبی اربیل ژنو حمص ادلب اصفهان استانبول جده کابل کربلا کرکوک کویت لندن مشهد موصل مسقط نجف ناصریه پاریس قم ریاض صنعا شیراز سلیمانیه تبریز تهران طرابلس تونس وین ورشو'.split(
    ' ',
  ),
}

const LANGUAGES: readonly Language[] = ['en', 'ar', 'fa']

function oneOf(list: readonly string[], random: () => number): string {
  return list[Math.floor(random() * list.length)] ?? ''
}

/** A term as an analyst pastes it: mostly persons by two or three names, some offices and places; one third for each language. */
function term(language: Language, random: () => number): string {
  const first = () => oneOf(FIRST[language], random)
  const kind = random()
  if (kind < 0.25) return `${oneOf(BODY_OF[language], random)} ${oneOf(PLACE[language], random)}`
  if (kind < 0.6) return `${first()} ${oneOf(LAST[language], random)}`
  return `${first()} ${first()} ${oneOf(LAST[language], random)}`
}

/** `count` different terms; the first ones of a longer list are those of a shorter one. */
export function termsOf(count: number): readonly string[] {
  const random = generator(7_919)
  const terms = new Set<string>()
  for (let at = 0; terms.size < count; at++) terms.add(term(LANGUAGES[at % 3] ?? 'en', random))
  return [...terms]
}

/** A sentence of 8 to 25 words, with now and then a name in it. */
function sentence(language: Language, random: () => number): string {
  const words = Array.from({ length: 8 + Math.floor(random() * 18) }, () => newsWord(language, random))
  const [first = '', ...others] = words
  return `${first.charAt(0).toUpperCase()}${first.slice(1)} ${others.join(' ')}${random() < 0.1 ? '؟' : '.'}`
}

function newsWord(language: Language, random: () => number): string {
  const chance = random()
  if (chance < 0.03) return oneOf(LAST[language], random)
  if (chance < 0.05) return oneOf(PLACE[language], random)
  if (chance < 0.06) return String(Math.floor(random() * 3_000))
  const word = pick(vocabularies[language], random)
  return language === 'ar' ? oneOf(ARABIC_PREFIXES, random) + word : chance > 0.97 ? `${word},` : word
}

function sentences(language: Language, words: number, random: () => number): string {
  let text = sentence(language, random)
  while (text.split(' ').length < words) text += ` ${sentence(language, random)}`
  return text
}

/** Other ways in which the press writes a name: Arabic and Persian letters for each other, no hamza, a short word attached; capitals. */
const RESPELLINGS: Readonly<Record<Language, readonly ((name: string) => string)[]>> = {
  en: [(name) => name.toUpperCase(), (name) => `${name}’s`],
  ar: [
    (name) => `و${name}`,
    (name) => `ب${name}`,
    (name) => name.replaceAll('ي', 'ى'),
    (name) => name.replaceAll(/[أإآ]/g, 'ا'),
  ],
  fa: [(name) => name.replaceAll('ی', 'ي'), (name) => name.replaceAll('ک', 'ك'), (name) => `${name}‌ها`],
}

function inPrint(name: string, language: Language, random: () => number): string {
  const respell = RESPELLINGS[language]
  return random() < 0.5 ? name : (respell[Math.floor(random() * respell.length)]?.(name) ?? name)
}

/** A report of about `words` words with a headline. One in three names one of `names`, half of these in another spelling. */
function article(
  language: Language,
  words: number,
  names: readonly string[],
  random: () => number,
): Taggable {
  const own = names.filter((_, at) => LANGUAGES[at % 3] === language)
  const named = random() < 0.33 ? ` ${inPrint(oneOf(own, random), language, random)}` : ''
  return {
    lang: language,
    title: sentence(language, random).split(' ').slice(0, 9).join(' '),
    body: `${sentences(language, words / 2, random)}${named} ${sentences(language, words / 2, random)}`,
  }
}

/** Reports of about `words` words by turns in English, Arabic, English, Persian. `names` are as `termsOf` gives them. */
export function reports(count: number, words: number, names: readonly string[]): readonly Taggable[] {
  const random = generator(20_261_122)
  const turns: readonly Language[] = ['en', 'ar', 'en', 'fa']
  return Array.from({ length: count }, (_, at) => article(turns[at % 4] ?? 'en', words, names, random))
}
