// What to do about a Redis that does not serve us.

/** A remedy for a trouble as a QueueError words it. */
export function redisRemedy(trouble: string): string {
  if (trouble.includes('maxmemory-policy'))
    return 'in redis.conf, or at once with: redis-cli config set maxmemory-policy noeviction'
  if (/NOAUTH|WRONGPASS|NOPERM/.test(trouble)) return 'check user and password in PRESSLARK_REDIS_URL'
  return 'start Redis, check its address, or set queue: embedded in presslark.yaml'
}
