// A Dockerfile as data, as far as ours goes: its stages with their instructions, and which files .dockerignore lets through.
import { globSync } from 'node:fs'

export type Instruction = { readonly name: string; readonly rest: string }
export type Stage = { readonly name: string; readonly instructions: readonly Instruction[] }

/** Throws on a line that is no instruction. */
export function parseDockerfile(text: string): readonly Stage[] {
  const stages: { name: string; instructions: Instruction[] }[] = []
  const lines = text.replace(/\\\n\s*/g, '').split('\n')
  for (const line of lines.filter((one) => one.trim() !== '' && !one.startsWith('#'))) {
    const [, name, rest] = /^([A-Z]+) (.+)$/.exec(line) ?? []
    if (name === undefined || rest === undefined) throw new Error(`not an instruction: ${line}`)
    if (name === 'FROM') stages.push({ name: / AS (\S+)$/.exec(rest)?.[1] ?? '', instructions: [] })
    else stages.at(-1)?.instructions.push({ name, rest })
  }
  return stages
}

/** The names that a COPY takes, and from which stage; the last one is where they go. */
export function parseCopy(rest: string): {
  readonly from?: string
  readonly what: readonly string[]
  readonly to: string
} {
  const words = rest.split(/\s+/)
  const from = /^--from=(.+)$/.exec(words[0] ?? '')?.[1]
  const names = from === undefined ? words : words.slice(1)
  return { ...(from === undefined ? {} : { from }), what: names.slice(0, -1), to: names.at(-1) ?? '' }
}

/** The files below `root` that are sent to the Docker daemon: those of the names that begin with `!`, without what is left out below. */
export function builtFrom(root: string, dockerignore: string): readonly string[] {
  const lines = dockerignore.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const sent = lines.filter((line) => line.startsWith('!')).map((line) => line.slice(1))
  const left = lines.filter((line) => !line.startsWith('!') && line !== '*')
  const out = new Set(globSync([...left], { cwd: root }))
  const files = sent.flatMap((name) => [name, ...globSync(`${name}/**/*`, { cwd: root })])
  return files.filter((file) => !out.has(file))
}
