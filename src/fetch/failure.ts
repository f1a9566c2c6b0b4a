// What went wrong on the wire, in our words: one reason and one line without secrets, addresses or bytes of the answer.
import type { FailureReason } from '../model/outcome.ts'

export type Failure = {
  readonly ok: false
  readonly reason: FailureReason
  readonly detail: string
  readonly code?: string // of the error underneath, when there was one
}

export function failure(reason: FailureReason, detail: string): Failure {
  return { ok: false, reason, detail }
}

const byCode: Readonly<Record<string, readonly [FailureReason, string]>> = {
  'address-not-allowed': ['address-not-allowed', 'address not allowed'],
  ENOTFOUND: ['dns', 'the name does not resolve'],
  EAI_AGAIN: ['dns', 'the name server does not answer'],
  ENODATA: ['dns', 'the name has no address'],
  ECONNREFUSED: ['connect', 'connection refused'],
  EHOSTUNREACH: ['connect', 'host unreachable'],
  ENETUNREACH: ['connect', 'network unreachable'],
  EADDRNOTAVAIL: ['connect', 'network unreachable'],
  ETIMEDOUT: ['timeout', 'the connection timed out'],
  UND_ERR_CONNECT_TIMEOUT: ['timeout', 'the connection timed out'],
  UND_ERR_HEADERS_TIMEOUT: ['timeout', 'the response headers took too long'],
  UND_ERR_BODY_TIMEOUT: ['timeout', 'the body stalled'],
  UND_ERR_HEADERS_OVERFLOW: ['too-large', 'the response headers are too large'],
  UND_ERR_RES_EXCEEDED_MAX_SIZE: ['too-large', 'the body is larger than the limit'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['short-body', 'the body is not as long as announced'],
  UND_ERR_INVALID_ARG: ['connect', 'a request header or the URL cannot be sent'],
  UND_ERR_ABORTED: ['connect', 'the proxy refuses'],
  UND_ERR_PRX_TLS: ['tls', 'certificate: for another host'],
  UND_ERR_DESTROYED: ['crashed', 'stopped before the response was read'],
  UND_ERR_CLOSED: ['crashed', 'stopped before the response was read'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['tls', 'certificate: self-signed'],
  SELF_SIGNED_CERT_IN_CHAIN: ['tls', 'certificate: self-signed certificate in its chain'],
  CERT_HAS_EXPIRED: ['tls', 'certificate: expired'],
  CERT_NOT_YET_VALID: ['tls', 'certificate: not yet valid'],
  ERR_TLS_CERT_ALTNAME_INVALID: ['tls', 'certificate: for another host'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['tls', 'certificate: its issuer is missing from the chain'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['tls', 'certificate: its issuer is not trusted'],
  EPROTO: ['tls', 'the TLS handshake failed'],
}

/** `duringBody`: the response had begun, so that a broken line means a short body. */
export function failureOf(error: unknown, duringBody: boolean): Failure {
  const { name, code } = nameAndCode(error)
  const named = reasonOf(name, code, duringBody)
  return code === '' ? named : { ...named, code }
}

function reasonOf(name: string, code: string, duringBody: boolean): Failure {
  if (name === 'TimeoutError') return failure('timeout', 'the whole exchange took too long')
  const known = byCode[code]
  if (known !== undefined) return failure(...known)
  if (/^(?:ERR_SSL_|ERR_TLS_|CERT_|UNABLE_TO_)/.test(code)) return failure('tls', `TLS: ${code}`)
  if (duringBody) return failure('short-body', 'the connection closed before the body ended')
  if (name === 'HTTPParserError' || code.startsWith('HPE_'))
    return failure('reset', 'the response is not HTTP')
  return failure('reset', `the connection closed before the response${code === '' ? '' : ` (${code})`}`)
}

// Error codes are constants of Node, OpenSSL and undici, never text from the network.
function nameAndCode(error: unknown): { name: string; code: string } {
  if (!(error instanceof Error)) return { name: '', code: '' }
  const { code } = error as NodeJS.ErrnoException // any error may carry one
  return { name: error.name, code: typeof code === 'string' ? code : '' }
}
