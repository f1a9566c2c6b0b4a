// `npm run soak -- kills`: kills each program of a desk with -9 at so many random moments and says what was lost or done twice.
import { killRounds } from '../tests/soak/kill-rounds.ts'
import { programNames } from '../tests/soak/program.ts'

/** False when anything was lost or done twice; undefined when a program is unknown. */
export async function soakKills(
  moments: number,
  seed: number,
  asked: readonly string[],
): Promise<boolean | undefined> {
  const victims = programNames.filter((name) => asked.length === 0 || asked.includes(name))
  if (victims.length < Math.max(1, asked.length)) return undefined
  process.stdout.write(
    '| killed | seed | kills | in work | reports | editions | mails | repeated | complaints | s |\n',
  )
  process.stdout.write('|---|---|---|---|---|---|---|---|---|---|\n')
  let isWell = true
  for (const victim of victims) {
    const startedAt = performance.now()
    const report = await killRounds(Array(moments).fill(victim), seed)
    const { kills, inWork, reports, editions, mails, repeatedMails, complaints } = report
    const seconds = Math.round((performance.now() - startedAt) / 1_000)
    process.stdout.write(
      `| ${victim} | ${seed} | ${kills} | ${inWork} | ${reports} | ${editions} | ${mails} | ${repeatedMails} | ${complaints.length} | ${seconds} |\n`,
    )
    for (const complaint of complaints) process.stdout.write(`    ${complaint}\n`)
    if (complaints.length > 0) isWell = false
  }
  return isWell
}
