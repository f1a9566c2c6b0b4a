// A thread for tests that answers as it is told, also as no thread should.
import { answerOrders } from '../../src/app/answer-orders.ts'

export type Order = {
  readonly act: 'echo' | 'throw' | 'exit' | 'hang'
  readonly say?: string
}

answerOrders<string, Order, string>((given) => (order) => {
  if (order.act === 'throw') throw new RangeError(order.say)
  if (order.act === 'exit') process.exit(3)
  if (order.act === 'hang') for (;;);
  return { content: `${given} ${order.say}`, transfer: [] }
})
