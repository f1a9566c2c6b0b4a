// A mail server on loopback that takes its time, so that a sender can be killed at every step. Keeps every message it accepted.
import { SMTPServer } from 'smtp-server'

export const mailSteps = ['recipient', 'data', 'accepted', 'told'] as const
export type MailStep = (typeof mailSteps)[number]

export type MailSink = {
  readonly port: number
  readonly received: readonly string[] // raw messages, in the order of their acceptance
  /** Called at each step of each message; `accepted` comes just before the sender hears of it. */
  onStep: (step: MailStep) => void
  /** While false, it takes what comes and says nothing more. */
  answers: boolean
  readonly close: () => Promise<void>
}

/** `stepMs` is the pause before each answer. */
export async function openMailSink(stepMs: number): Promise<MailSink> {
  const received: string[] = []
  const answer = (done: () => void): void => {
    if (sink.answers) setTimeout(done, stepMs)
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    onRcptTo: (_address, _session, done) => {
      sink.onStep('recipient')
      answer(done)
    },
    onData: (stream, _session, done) => {
      sink.onStep('data')
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        received.push(Buffer.concat(chunks).toString('utf8'))
        sink.onStep('accepted')
        answer(() => {
          done()
          setImmediate(() => sink.onStep('told'))
        })
      })
    },
  })
  server.on('error', () => undefined) // a sender that was killed hangs up without a word
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  const sink: MailSink = {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    received,
    onStep: () => undefined,
    answers: true,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return sink
}

/** The Message-ID of a raw message. */
export function messageIdOf(raw: string): string {
  return /^message-id: *(<[^>]+>)/im.exec(raw)?.[1] ?? ''
}
