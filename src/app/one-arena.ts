// Gives a process that stores much one heap of the C library for all its threads, as the Dockerfile and the unit for systemd do. Each
// thread would have a heap of its own otherwise, and keep there what V8 once took to compile: see docs/notes/writing.md.

// The C library of Linux reads these when a process begins, so a running one can only begin anew. With a fixed size from which memory is
// taken from the system and given back at once, long lists that grew leave no holes in the heap.
const settings = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '131072' }

/**
 * Begins this process anew with these settings, under its number and with its input and output; returns where it has them, or cannot. Call
 * it before anything is opened: nothing is closed. It takes 40 ms of CPU, so it is for what runs long.
 */
export function beginWithOneArena(): void {
  const { platform, execve, env, execPath, execArgv, argv } = process
  if (platform !== 'linux' || execve === undefined || env['MALLOC_ARENA_MAX'] !== undefined) return
  try {
    execve(execPath, [execPath, ...execArgv, ...argv.slice(1)], { ...env, ...settings })
  } catch {} // where it is not allowed, it takes more memory
}
