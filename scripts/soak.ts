// `npm run soak -- kills [moments] [seed] [program...]`: kills each program of a desk with -9 at so many random moments (50), and
// says what was lost or done twice. Exit code 1 when anything was. tests/soak holds the desk; `npm test` runs a few moments of it.
import { killRounds } from '../tests/soak/kill-rounds.ts'
import { programNames } from '../tests/soak/program.ts'

const [what = 'kills', moments = '50', seed = String(Date.now() % 1_000_000), ...asked] =
  process.argv.slice(2)
const victims = programNames.filter((name) => asked.length === 0 || asked.includes(name))
if (what !== 'kills' || !/^\d+$/.test(moments + seed) || victims.length < Math.max(1, asked.length)) {
  process.stderr.write(`usage: npm run soak -- kills [moments] [seed] [${programNames.join('|')}...]\n`)
  process.exit(2)
}

process.stdout.write(
  '| killed | seed | kills | in work | reports | editions | mails | repeated | complaints | s |\n',
)
process.stdout.write('|---|---|---|---|---|---|---|---|---|---|\n')
for (const victim of victims) {
  const startedAt = performance.now()
  const report = await killRounds(Array(Number(moments)).fill(victim), Number(seed))
  const { kills, inWork, reports, editions, mails, repeatedMails, complaints } = report
  const seconds = Math.round((performance.now() - startedAt) / 1_000)
  process.stdout.write(
    `| ${victim} | ${seed} | ${kills} | ${inWork} | ${reports} | ${editions} | ${mails} | ${repeatedMails} | ${complaints.length} | ${seconds} |\n`,
  )
  for (const complaint of complaints) process.stdout.write(`    ${complaint}\n`)
  if (complaints.length > 0) process.exitCode = 1
}
