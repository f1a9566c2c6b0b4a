// What the system refused to do with a file, in plain words with the remedy.

/** [code, what is wrong with the path, how to mend it]; codes are at https://nodejs.org/api/errors.html#common-system-errors. */
const explanations: readonly (readonly [string, string, string])[] = [
  ['ENOENT', 'there is no file or folder', 'check the path; a new file needs a folder that exists'],
  ['EISDIR', 'a file is needed, and this is a folder:', 'name a file in it'],
  ['ENOTDIR', 'a folder is needed, and a part of this path is a file:', 'check the path'],
  ['EEXIST', 'there is already', 'choose another name, or move it away'],
  ['EACCES', 'this user may not use', 'check its owner and permissions, and those of its folder'],
  ['EPERM', 'this user may not change', 'check its owner and permissions, and those of its folder'],
  ['EROFS', 'the disk may only be read:', 'choose another place'],
  ['ENOSPC', 'no space is left on the disk of', 'free some space and try again'],
]

/** A message and a hint; undefined for any other error. */
export function explainSystemError(
  error: unknown,
): { readonly message: string; readonly hint: string } | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined
  const found = explanations.find(([code]) => code === error.code)
  if (found === undefined) return undefined
  const path = 'path' in error && typeof error.path === 'string' ? ` ${error.path}` : ''
  return { message: path === '' ? error.message : `${found[1]}${path}`, hint: found[2] }
}
