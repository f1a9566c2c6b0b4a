// Where a program lies that a test or a soak starts.
import { join } from 'node:path'

/** The built file of `src/app/cli` or of one of `workers/`; outside the tests, where nothing was built for them, the source. */
export function programFile(name: 'src/app/cli' | `workers/${string}`): string {
  const built = process.env['PRESSLARK_BUILT']
  return built === undefined ? join(import.meta.dirname, '..', `${name}.ts`) : join(built, `${name}.js`)
}
