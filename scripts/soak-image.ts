// `npm run soak -- image`: the steps of the Dockerfile in a temporary folder, and the services of docker-compose.yml run from it.
import { askCompose } from '../tests/soak/compose-config.ts'
import { runImage } from '../tests/soak/image-round.ts'

/** False when Docker Compose refuses docker-compose.yml; true also where there is none to be asked, which is told. */
function tellCompose(): boolean {
  const verdict = askCompose()
  const told =
    verdict === undefined
      ? 'neither `docker compose` nor `docker-compose` is on the PATH: docker-compose.yml was read by this program only'
      : `Docker Compose ${verdict.version} ${verdict.complaint === '' ? 'accepts' : 'refuses'} docker-compose.yml`
  process.stdout.write(`${told}\n${verdict?.complaint ? `    ${verdict.complaint}\n` : ''}`)
  return verdict === undefined || verdict.complaint === ''
}

/** False when docker-compose.yml is refused, or a service did not get healthy, wrote where it must not, lost something, or did not end well. */
export async function soakImage(): Promise<boolean> {
  const isAccepted = tellCompose()
  const { mebibytes, reports, stored, complaints } = await runImage((line) =>
    process.stdout.write(`${line}\n`),
  )
  process.stdout.write(
    `/app has ${mebibytes} MiB; ${stored} of ${reports} reports stored; ${complaints.length} complaints\n`,
  )
  for (const complaint of complaints) process.stdout.write(`    ${complaint}\n`)
  return isAccepted && complaints.length === 0 && stored === reports
}
