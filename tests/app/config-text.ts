// What a text says as one of the four configuration files.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { ConfigError } from '../../src/app/config-error.ts'
import { type ConfigFileName, configSchemas } from '../../src/app/config-schema.ts'
import { readYamlFile } from '../../src/app/yaml-file.ts'

function fileWith(text: string | Uint8Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'presslark-yaml-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'file.yaml')
  writeFileSync(path, text)
  return path
}

/** The file, checked by its schema. */
export function read(name: ConfigFileName, text: string | Uint8Array) {
  return readYamlFile(fileWith(text), `config/${name}.yaml`, configSchemas[name])
}

/** The lines a user reads. */
export function mistakesIn(name: ConfigFileName, text: string | Uint8Array): readonly string[] {
  try {
    read(name, text)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

/** The beginning of a topics.yaml, up to the keys of its one topic: four lines. */
export const topics = 'watchlists: [{ id: w, name: W, topics: all }]\ntopics:\n  - id: a\n    name: A\n'
