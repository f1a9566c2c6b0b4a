// Pictures that an HTML body holds itself, as parts of the mail: mail programs show those, and hardly any data: address.
import { createHash } from 'node:crypto'

export type Picture = {
  readonly filename: string
  readonly content: Buffer
  readonly contentType: string
  readonly cid: string
  readonly contentDisposition: 'inline'
}

const DATA_URI = /(?<=\bsrc=")data:image\/(png|jpeg|gif);base64,([A-Za-z0-9+/=]+)(?=")/g

/** Each picture once, named by what it holds, so that the same edition is always the same mail. */
export function inlinePictures(html: string): {
  readonly html: string
  readonly pictures: readonly Picture[]
} {
  const pictures = new Map<string, Picture>()
  const shown = html.replace(DATA_URI, (_, type: string, base64: string) => {
    const content = Buffer.from(base64, 'base64')
    const name = createHash('sha256').update(content).digest('hex').slice(0, 24)
    const cid = `${name}@presslark`
    const filename = `${name}.${type}`
    pictures.set(name, { filename, content, contentType: `image/${type}`, cid, contentDisposition: 'inline' })
    return `cid:${cid}`
  })
  return { html: shown, pictures: [...pictures.values()] }
}
