// Who sits at the keyboard, as decisions are signed with it.
import { userInfo } from 'node:os'

/** The name of the user; in a container without one, the number. */
export function userName(): string {
  try {
    return userInfo().username
  } catch {
    return `user ${process.getuid?.() ?? 'unknown'}`
  }
}
