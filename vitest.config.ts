import { defineConfig } from 'vitest/config'

// Tests that start programs, and so may leave something behind when they fail, have a process for each file.
const programs = ['tests/app/**/*.test.ts', 'tests/queue/**/*.test.ts', 'tests/soak/**/*.test.ts']

export default defineConfig({
  test: {
    reporters: ['default', './tests/closing-line.ts'],
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 3, // many wait for another process, a timer or a disk
    env: { MALLOC_ARENA_MAX: '1' }, // as in the image and the unit: hundreds of programs need not begin twice
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['tests/**/*.test.ts'],
          exclude: programs,
          isolate: false,
          globalSetup: './tests/built-program.ts', // for README's session
          sequence: { groupOrder: 0 },
        },
      },
      {
        extends: true,
        test: {
          name: 'programs',
          include: programs,
          globalSetup: './tests/built-program.ts',
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})
