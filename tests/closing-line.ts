// A vitest reporter that ends the run with the plain line `N passed, N failed`. A skipped test counts as failed.
import type { Reporter, TestModule } from 'vitest/node'

// vitest calls `new` on a reporter's default export; a function that returns an object serves as well as a class.
export default function closingLine(): Reporter {
  return {
    onTestRunEnd(modules: readonly TestModule[], errors) {
      const counts = { passed: 0, failed: errors.length }
      for (const module of modules) {
        if (module.errors().length > 0) counts.failed++
        for (const test of module.children.allTests())
          counts[test.result().state === 'passed' ? 'passed' : 'failed']++
      }
      if (counts.failed > 0) process.exitCode = 1
      process.stdout.write(`${counts.passed} passed, ${counts.failed} failed\n`)
    },
  }
}
