// What can be wrong with the database file, in one line with the remedy. Printed without a stack.
export class StoreError extends Error {
  override readonly name = 'StoreError'
  readonly hint: string
  constructor(message: string, hint: string, options?: ErrorOptions) {
    super(message, options)
    this.hint = hint
  }
}
