// Before `npm test`: the queue's tests need a real Redis. As root on Debian it is installed; elsewhere one line says how.
import { spawnSync } from 'node:child_process'

const run = (command: string, args: readonly string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
const isThere = (): boolean => spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0

function install(): boolean {
  process.stderr.write('redis-server is missing; installing it with apt-get\n')
  return run('apt-get', ['update']) && run('apt-get', ['install', '-y', 'redis-server'])
}

if (process.env['REDIS_URL'] === undefined && !isThere()) {
  const mayInstall =
    process.getuid?.() === 0 && spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status === 0
  if (!mayInstall || !install()) {
    process.stderr.write(
      'The tests need a Redis: install it (Debian: apt-get install -y redis-server; macOS: brew install redis) or set REDIS_URL to one that may be emptied.\n',
    )
    process.exit(1)
  }
}
