// The fingerprint of an edition: who holds a copy can tell whether it is the one that was issued.
import { createHash } from 'node:crypto'
import type { Edition, SealedEdition } from '../model/digest.ts'
import { renderJson } from '../pipeline/render-json.ts'

/**
 * The edition with its manifest in the appendix: the SHA-256, in hexadecimal, of the edition's JSON as it is delivered, without
 * the field itself. docs/edition-json.md says how to compute it again from a copy.
 */
export function withManifest(edition: Edition): SealedEdition {
  const { manifest: _, ...appendix } = edition.appendix
  const manifest = createHash('sha256')
    .update(renderJson({ ...edition, appendix }))
    .digest('hex')
  return { ...edition, appendix: { ...appendix, manifest } }
}
