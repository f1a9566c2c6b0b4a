import { beforeAll, describe, expect, it } from 'vitest'
import { presslark } from './command-line.ts'
import { archiveOf, json } from './topics-desk.ts'

describe('spellings taken from the archive', () => {
  let folder: string
  beforeAll(async () => {
    const titles = [
      'Hossein Karimpur opens the harvest fair',
      'Husayn Karimpour speaks of wheat and rain',
      'Bridge tolls: Hossein Karimpur answers',
      'حسين كريم‌پور در بازار گندم',
      'سفر حسین کریم‌پور به شمال',
    ]
    const feed = titles.map((title, index) => ({ id: `a${index}`, title }))
    folder = await archiveOf([['outlet', feed]], '  - {id: rain, name: Rain, any: [rain]}\n')
  }, 30_000)

  it('come with counts, the newest headline of each, and a line to paste', async () => {
    const { stdout } = await presslark(['topics', 'suggest', 'Hossein Karimpur'], folder)
    expect(stdout).toMatch(/^2 +Hossein Karimpur +20.* UTC +/m)
    expect(stdout).toMatch(/^1 +Husayn Karimpour +20.* UTC +Husayn Karimpour speaks of wheat and rain$/m)
    expect(stdout).toContain('One term finds all of these:  any: [~Hossein Karimpur]\n')
    expect(stdout).toContain('One by one:  any: [Hossein Karimpur, Husayn Karimpour]\n')
  })

  it('are given as data, for Arabic letters too', async () => {
    expect(await json(['topics', 'suggest', 'حسین کریم‌پور'], folder)).toMatchObject({
      term: 'حسین کریم‌پور',
      spellings: expect.arrayContaining([
        expect.objectContaining({ written: 'حسين كريم‌پور', articles: 1 }),
        expect.objectContaining({ written: 'حسین کریم‌پور', articles: 1 }),
      ]),
    })
  })

  it('say so when there are none, or when the name is too short', async () => {
    const none = await presslark(['topics', 'suggest', 'Zarathustra'], folder)
    expect(none).toMatchObject({ code: 0, stdout: expect.stringContaining('Nothing in the archive') })
    const short = await presslark(['topics', 'suggest', 'Ali'], folder)
    expect(short).toMatchObject({ code: 2, stderr: expect.stringContaining('E_SHORT_NAME') })
  })
})
