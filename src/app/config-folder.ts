// Where the configuration lies.
import { resolve } from 'node:path'

/** The folder of the configuration: the option, else PRESSLARK_CONFIG, else ./config. */
export function configFolder(option?: string): string {
  return resolve(option ?? process.env['PRESSLARK_CONFIG'] ?? 'config')
}
