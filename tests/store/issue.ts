// A small edition of an invented digest, ready to be frozen.
import type { SealedEdition, StoryLine } from '../../src/model/digest.ts'
import type { IssuedEdition, Store } from '../../src/store/index.ts'
import { dayMs } from './archive.ts'

function storyLine(storyId: number, outlets: number): StoryLine {
  const outlet = { sourceId: 'wire', name: 'The wire', family: 'wire', kind: 'wire', grade: 'B' } as const
  return {
    storyId,
    lead: { articleId: 1, title: 'Ceasefire', outlet, language: 'ar', firstSeenAt: 0, flags: [] },
    articles: 1,
    outlets,
    independent: 1,
    alsoIn: [{ outlet: { ...outlet, sourceId: 'cedar' }, at: 0, language: 'en' }],
    firstSeen: { outlet: 'The wire', at: 0 },
    topicIds: ['truce'],
  }
}

/** The edition `number` up to `until`, telling `storyId`, for one mail and one file. */
export function issued(number: number, until: number, storyId: number, outlets = 2): IssuedEdition {
  const edition: SealedEdition = {
    digestId: 'morning',
    name: 'صباح',
    number,
    window: { from: until - dayMs, until },
    timeZone: 'Asia/Baghdad',
    language: 'ar',
    coverage: { heard: 1, of: 1, articles: 1, duplicates: 0, troubled: [] },
    topStories: [],
    atAGlance: [],
    sections: [
      {
        topic: { topicId: 'truce', name: 'Truce', weight: 1 },
        stories: [storyLine(storyId, outlets)],
        more: 0,
      },
    ],
    developing: [],
    repeatsSuppressed: 0,
    corrections: [],
    appendix: { links: [], ruleVersions: [], configHash: 'c', manifest: 'f'.repeat(64) },
  }
  return {
    edition,
    subject: `صباح ${number}`,
    bodies: { md: '# \u200fصباح\r\n', html: '<p>é\u00a0</p>', text: 'e\u0301\t', json: '{"a": 1}' },
    deliveries: [
      {
        channel: { kind: 'email', to: ['a@press.example'] },
        recipient: 'a@press.example',
        messageId: `<${number}@x>`,
      },
      {
        channel: { kind: 'file', path: '{date}.md', format: 'md' },
        recipient: '{date}.md',
        messageId: `<${number}f@x>`,
      },
    ],
  }
}

/** Freezes it as the digest's job does. */
export function freeze(store: Store, edition: IssuedEdition, upTo: number, now: number): number {
  return store.transaction(() => store.editions.freeze(edition, { after: 0, upTo }, now))
}
