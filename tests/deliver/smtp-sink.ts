// Two mail servers on loopback: one that takes mail as servers do, and one that hangs up where it is told to.

import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import PostalMime from 'postal-mime'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'

export type Received = { readonly raw: string; readonly from: string; readonly to: readonly string[] }
type Refusals = Readonly<Record<string, number>> // recipient or 'data': the reply code

export async function smtpSink(refusals: Refusals = {}, options: SMTPServerOptions = {}) {
  const received: Received[] = []
  const refusal = (what: string) => {
    const responseCode = refusals[what]
    return responseCode === undefined ? null : Object.assign(new Error(`no ${what}`), { responseCode })
  }
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _session, done) => done(refusal(address)),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope
        const from = mailFrom === false ? '' : mailFrom.address
        received.push({
          raw: Buffer.concat(chunks).toString(),
          from,
          to: rcptTo.map(({ address }) => address),
        })
        done(refusal('data'))
      })
    },
    ...options,
  })
  server.on('error', () => undefined) // a refused handshake is the client's to report
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.server.address() as AddressInfo // a TCP server that listens
  return { port, received, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

export type Stage = 'greeting' | 'EHLO' | 'MAIL' | 'RCPT' | 'DATA' | 'message' | 'end'

/** Speaks just enough SMTP to get to the stage, and destroys the connection there; `end` is after the closing dot. */
export async function droppingSink(stage: Stage) {
  const stored: string[] = []
  const server = createServer((socket) => {
    let inMessage = false
    let message = ''
    socket.on('error', () => undefined)
    if (stage === 'greeting') socket.destroy()
    else socket.write('220 sink\r\n')
    socket.on('data', (chunk) => {
      for (const line of inMessage ? [] : chunk.toString().trim().split('\r\n')) {
        if (line.startsWith(stage)) socket.destroy()
        else socket.write(line === 'DATA' ? '354 go on\r\n' : '250 ok\r\n')
        if (line === 'DATA') {
          inMessage = true
          return
        }
      }
      if (!inMessage) return
      message += chunk.toString()
      const isWhole = message.endsWith('\r\n.\r\n')
      if (isWhole) stored.push(message)
      if (isWhole || stage === 'message') socket.destroy()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server that listens
  return { port, stored, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

export function parsedMail({ raw }: Received) {
  return PostalMime.parse(raw)
}

/** The unfolded header lines of a raw message. */
export function headerLines({ raw }: Received): readonly string[] {
  const [head = ''] = raw.split('\r\n\r\n')
  return head.replace(/\r\n[ \t]+/g, ' ').split('\r\n')
}

/** A mail server that knows one way to log in and refuses it, repeating the last line and what it says. */
export async function echoingSink(method: string) {
  const server = createServer((socket) => {
    let steps = 0
    socket.on('error', () => undefined)
    socket.setEncoding('utf8').write('220 echo\r\n')
    socket.on('data', (data: string) => {
      const line = data.trim()
      const said = Buffer.from(line, 'base64').toString()
      if (/^EHLO/.test(line)) socket.write(`250-echo\r\n250 AUTH ${method}\r\n`)
      else if (method === 'LOGIN' && steps++ < 2)
        socket.write(`334 ${steps === 1 ? 'VXNlcm5hbWU6' : 'UGFzc3dvcmQ6'}\r\n`)
      else socket.write(`535 not understood: ${line} ${method === 'LOGIN' ? said : ''}\r\n`)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo // a TCP server that listens
  return { port, close: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}
