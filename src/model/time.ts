// An instant is milliseconds since 1970-01-01T00:00:00Z, always UTC. Names end in `At`; spans of time end in `Ms`.
export type Instant = number
