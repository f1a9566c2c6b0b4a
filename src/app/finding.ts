// What `presslark doctor` found: each is fine, or wrong with the way to mend it.

export type Finding = { readonly check: string; readonly ok: boolean; readonly detail: string }

export const ok = (check: string, detail: string): Finding => ({ check, ok: true, detail })
export const bad = (check: string, detail: string): Finding => ({ check, ok: false, detail })

/** Any error as a finding: its message, with its hint where it has one. */
export function badBecause(check: string, error: unknown): Finding {
  if (!(error instanceof Error)) return bad(check, String(error))
  return bad(check, `${error.message}${'hint' in error ? ` (${error.hint})` : ''}`)
}
