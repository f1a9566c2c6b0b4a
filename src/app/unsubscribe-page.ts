// The page behind an unsubscribe link: a question with one button, in the language of the digest or alert. No script, no picture, no cookie.
import type { EditionLanguage } from '../model/digest.ts'
import { html } from '../text/html-template.ts'
import { stringsOf } from '../text/strings-of.ts'
import type { Order } from './unsubscribe-links.ts'

type PageWords = Readonly<Record<'question' | 'done' | 'unknown', string>>

const words: Readonly<Record<EditionLanguage, PageWords>> = {
  en: {
    question: 'Stop the mails of this briefing?',
    done: 'Done. No further edition will be sent to this address.',
    unknown: 'This link is not valid, or the address no longer receives this briefing.',
  },
  ar: {
    question: 'هل تريد إيقاف رسائل هذه النشرة؟',
    done: 'تم إلغاء الاشتراك. لن يُرسل أي عدد آخر إلى هذا العنوان.',
    unknown: 'هذا الرابط غير صالح، أو أن العنوان لم يعد مشتركًا في هذه النشرة.',
  },
  fa: {
    question: 'ارسال ایمیل‌های این بولتن متوقف شود؟',
    done: 'اشتراک لغو شد. شمارهٔ دیگری به این نشانی فرستاده نمی‌شود.',
    unknown: 'این پیوند معتبر نیست، یا این نشانی دیگر مشترک این بولتن نیست.',
  },
}

/** What a person sees who followed the link: the button sends what mail programs send by one click (RFC 8058). */
export function questionPage({ language, name }: Order): string {
  const { question } = words[language]
  return page(
    language,
    name,
    html`<p>${question}</p>
<form method="post"><input type="hidden" name="List-Unsubscribe" value="One-Click"><button>${stringsOf(language).unsubscribe}</button></form>`,
  )
}

export function donePage({ language, name }: Order): string {
  return page(language, name, html`<p>${words[language].done}</p>`)
}

/** In every language: whose link it was is not known. */
export function unknownPage(): string {
  const lines = (['en', 'ar', 'fa'] as const).map(
    (language) =>
      html`<p lang="${language}" dir="${stringsOf(language).direction}">${words[language].unknown}</p>\n`,
  )
  return page('en', stringsOf('en').unsubscribe, html`${lines}`)
}

function page(language: EditionLanguage, heading: string, content: ReturnType<typeof html>): string {
  return html`<!doctype html>
<html lang="${language}" dir="${stringsOf(language).direction}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>${stringsOf(language).unsubscribe}</title>
</head>
<body>
<h1 dir="auto">${heading}</h1>
${content}
</body>
</html>
`.html
}
