// Weekday names that feeds write, folded. They say nothing a date needs, but they must not spoil it.
import { foldDateWord } from './date-fold.ts'

const NAMES = [
  'monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun',
  'lundi mardi mercredi jeudi vendredi samedi dimanche',
  'montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag',
  'lunes martes miércoles jueves viernes sábado domingo',
  'lunedì martedì mercoledì giovedì venerdì sabato domenica',
  'segunda terça quarta quinta sexta sábado domingo feira',
  'pazartesi salı çarşamba perşembe cuma cumartesi pazar',
  'понедельник вторник среда четверг пятница суббота воскресенье',
  'Δευτέρα Τρίτη Τετάρτη Πέμπτη Παρασκευή Σάββατο Κυριακή',
  'hétfő kedd szerda csütörtök péntek szombat vasárnap',
  'الاثنين الإثنين الاثنان الثلاثاء الثلاثا الأربعاء الأربعا الخميس الجمعة السبت الأحد',
  'شنبه یکشنبه دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه',
]
const FOLDED = new Set(NAMES.flatMap((row) => row.split(' ').map(foldDateWord)))

/** Is this folded word the name of a weekday? */
export function isWeekdayName(word: string): boolean {
  return FOLDED.has(word)
}
