// Where the deciding thread begins: questions in, verdicts out. It reads the database for itself, and writes only when nothing else does.
import { createEchoApart, type EchoApart, type Judged } from '../jobs/index.ts'
import { unpackQuestions } from '../pipeline/packed-questions.ts'
import { packVerdicts } from '../pipeline/packed-verdicts.ts'
import { openStore } from '../store/index.ts'
import { answerOrders } from './answer-orders.ts'
import type { DecidingAnswer, DecidingGiven, DecidingOrder } from './deciding-order.ts'
import type { Parcel } from './task-thread.ts'

function packed(judged: Judged | undefined): Parcel<DecidingAnswer> {
  if (judged === undefined) return { content: {}, transfer: [] }
  const verdicts = packVerdicts(judged.verdicts)
  const transfer = [verdicts.numbers.buffer, verdicts.texts.lengths.buffer, verdicts.reports.buffer]
  return { content: { judged: { ...judged, verdicts } }, transfer }
}

function act(echo: EchoApart, order: Exclude<DecidingOrder, { act: 'close' }>): Parcel<DecidingAnswer> {
  if (order.act === 'judge') return packed(echo.judge(unpackQuestions(order.questions)))
  if (order.act === 'judge ahead') return packed(echo.judgeAhead(unpackQuestions(order.questions), order.now))
  if (order.act === 'settle') return { content: { hasSettled: echo.settle(order.now) }, transfer: [] }
  if (order.act === 'forget') echo.forget(order.now)
  else if (order.act === 'load') echo.load(order.desk, order.now)
  else echo.catchUp(order.desk, order.now)
  return { content: {}, transfer: [] }
}

answerOrders<DecidingGiven, DecidingOrder, DecidingAnswer>(({ databasePath }) => {
  const store = openStore(databasePath)
  const echo = createEchoApart(store)
  return (order) => {
    if (order.act !== 'close') return act(echo, order)
    store.close()
    return { content: {}, transfer: [] }
  }
})
