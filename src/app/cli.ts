#!/usr/bin/env node
// The command line begins here: it checks the Node version in one line before anything newer is loaded.
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
if (major < 22 || (major === 22 && minor < 14)) {
  process.stderr.write(
    `presslark needs Node 22.14 or newer; this is ${process.versions.node}. Install a newer Node from nodejs.org.\n`,
  )
  process.exit(2)
}
process.getBuiltinModule('node:module').enableCompileCache() // what was compiled once is read again from the cache: the next start takes half the time
const { main } = await (process.argv[2] === 'search' ? import('./plain-search.ts') : import('./main.ts'))
await main(process.argv)

export {}
