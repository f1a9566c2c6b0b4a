// The bare address of a sender.

/** `press@example.org` of `Presslark <press@example.org>`. */
export function senderAddress(from: string): string {
  return /<([^<>]+)>\s*$/.exec(from)?.[1] ?? from
}
