// The way to the recipients, loaded with the first delivery: most rounds of a day deliver nothing.
import type { Deliverer, DelivererSettings } from '../deliver/index.ts'

/** As `createDeliverer`, later. */
export function createLaterDeliverer(settings: DelivererSettings): Deliverer {
  let loading: Promise<Deliverer> | undefined
  const load = (): Promise<Deliverer> => {
    loading ??= import('../deliver/index.ts').then(({ createDeliverer }) => createDeliverer(settings))
    return loading
  }
  return {
    deliver: async (message) => (await load()).deliver(message),
    verify: async () => (await load()).verify(),
    close: async () => (await loading)?.close(),
  }
}
