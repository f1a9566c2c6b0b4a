// Percent escapes that are only a way to spell a URL.

/**
 * Decodes escapes of letters, digits and -._~ and of whole UTF-8 sequences. Escapes of reserved characters carry meaning and
 * stay, in upper case; so do bytes that are no UTF-8 (old Arabic and Persian sites escape windows-1256).
 */
export function decodeSpelling(text: string): string {
  return text.replace(/(?:%[89a-f][0-9a-f])+|%[0-7][0-9a-f]/gi, (run) => {
    const decoded = decodedOr(run, run.toUpperCase())
    return /^[\w.~-]$|^[^\0-\x7F]+$/.test(decoded) ? decoded : run.toUpperCase()
  })
}

function decodedOr(run: string, fallback: string): string {
  try {
    return decodeURIComponent(run)
  } catch {
    return fallback
  }
}
