// Loads what a round needs of Node's own modules before an option of V8 is changed.

/** Those that are loaded by their first call in a round, and not when Node begins. */
const names = ['node:crypto', 'node:timers/promises']

/**
 * These modules lie in Node with their compiled code, which V8 takes only while its options are those that Node was built with;
 * afterwards it compiles them anew, which takes twice as long. Call it before `keepHeapSmall` and `expectShortRound`.
 */
export function loadBuiltins(): void {
  for (const name of names) process.getBuiltinModule(name)
}
