// Which keys a file may hold, and which of them at one place of it: what a mistyped key is compared with.
import type { z } from 'zod'
import type { Path } from './yaml-place.ts'

type Schema = z.core.$ZodType

/** The readings of a schema that are no wrapping: itself, what is optional or has a default, each side of a union. */
function readingsOf(schema: Schema): readonly z.core.$ZodTypes[] {
  const one = schema as z.core.$ZodTypes // the union of all kinds, told apart by def.type
  const { def } = one._zod
  switch (def.type) {
    case 'union':
      return def.options.flatMap(readingsOf)
    case 'optional':
    case 'default':
    case 'prefault':
      return readingsOf(def.innerType)
    default:
      return [one]
  }
}

/** Every key that may occur anywhere in a file of this schema. */
export function keysIn(schema: Schema): readonly string[] {
  const keys = readingsOf(schema).flatMap(({ _zod: { def } }) => {
    if (def.type === 'array') return keysIn(def.element)
    if (def.type !== 'object') return []
    return Object.entries(def.shape).flatMap(([key, value]) => [key, ...keysIn(value)])
  })
  return [...new Set(keys)]
}

function below(schema: Schema, part: string | number): readonly Schema[] {
  return readingsOf(schema).flatMap(({ _zod: { def } }) => {
    if (def.type === 'array') return [def.element]
    const inner = def.type === 'object' ? def.shape[part] : undefined
    return inner === undefined ? [] : [inner]
  })
}

/** The keys that may stand at a path of a file of this schema. */
export function keysAt(schema: Schema, path: Path): readonly string[] {
  const found = path.reduce<readonly Schema[]>(
    (schemas, part) => schemas.flatMap((one) => below(one, part)),
    [schema],
  )
  const keys = found
    .flatMap(readingsOf)
    .flatMap(({ _zod: { def } }) => (def.type === 'object' ? Object.keys(def.shape) : []))
  return [...new Set(keys)]
}
