// npm run schemas: writes the editors' JSON Schemas from the zod schemas. A test compares them.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ConfigFileName, configSchemas, editorSchema } from '../src/app/config-schema.ts'

const folder = join(import.meta.dirname, '..', 'config', 'schema')
mkdirSync(folder, { recursive: true })
for (const name of Object.keys(configSchemas) as ConfigFileName[]) {
  writeFileSync(join(folder, `${name}.schema.json`), `${JSON.stringify(editorSchema(name), null, 2)}\n`)
}
