// temporary
export type StoryIndex = {
  assign(doc: unknown): { storyId: number | 'new'; because: string }
  addTo(storyId: number, doc: unknown): void
  forgetBefore(at: number): void
}
export function createStoryIndex(): StoryIndex {
  return {
    assign: () => ({ storyId: 'new', because: 'first of its story' }),
    addTo: () => {},
    forgetBefore: () => {},
  }
}
