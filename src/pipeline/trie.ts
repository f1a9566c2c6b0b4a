// Phrases as paths of labels. Node 0 is the root; a pattern ends at a node.

/** Patterns are numbered in the order they are added. */
export type TrieBuilder = {
  readonly edges: Map<number, number> // node * EDGE + label -> node
  readonly ends: number[] // by pattern: its last node
  nodes: number
}
const EDGE = 2 ** 26

export function newTrie(): TrieBuilder {
  return { edges: new Map(), ends: [], nodes: 1 }
}

/** The node at the end of a path of labels, made if it is new. */
export function addPath(trie: TrieBuilder, labels: readonly number[]): number {
  let node = 0
  for (const label of labels) {
    const key = node * EDGE + label
    const next = trie.edges.get(key) ?? trie.nodes++
    trie.edges.set(key, next)
    node = next
  }
  return node
}

/** The finished trie, in typed arrays. */
export type Trie = {
  readonly roots: Int32Array // by label: the root's child, 0 for none
  readonly slots: Int32Array // edges below the root: slot -> edge + 1
  readonly mask: number
  readonly edgeNodes: Int32Array
  readonly edgeLabels: Int32Array
  readonly edgeTargets: Int32Array
  readonly firstPattern: Int32Array // by node, -1 for none
  readonly nextPattern: Int32Array // by pattern, -1 at the end
  readonly hasChildren: Uint8Array // by node
}

function slotOf(node: number, label: number, mask: number): number {
  return (Math.imul(Math.imul(node, 0x9e3779b1) ^ label, 0x85ebca6b) >>> 5) & mask
}

/** Freezes the trie. `labelCount` is the number of labels in use. */
export function buildTrie(builder: TrieBuilder, labelCount: number): Trie {
  const deep = [...builder.edges].filter(([key]) => key >= EDGE)
  const mask = 2 ** Math.ceil(Math.log2(deep.length * 2 + 2)) - 1
  const trie: Trie = {
    roots: new Int32Array(labelCount),
    slots: new Int32Array(mask + 1),
    mask,
    edgeNodes: Int32Array.from(deep, ([key]) => Math.floor(key / EDGE)),
    edgeLabels: Int32Array.from(deep, ([key]) => key % EDGE),
    edgeTargets: Int32Array.from(deep, ([, target]) => target),
    firstPattern: new Int32Array(builder.nodes).fill(-1),
    nextPattern: new Int32Array(builder.ends.length).fill(-1),
    hasChildren: new Uint8Array(builder.nodes),
  }
  for (const [key, target] of builder.edges) if (key < EDGE) trie.roots[key] = target
  for (let edge = 0; edge < deep.length; edge++) addEdge(trie, edge)
  for (const [pattern, node] of builder.ends.entries()) {
    trie.nextPattern[pattern] = trie.firstPattern[node] ?? -1
    trie.firstPattern[node] = pattern
  }
  return trie
}

function addEdge(trie: Trie, edge: number): void {
  const node = trie.edgeNodes[edge] ?? 0
  trie.hasChildren[node] = 1
  let slot = slotOf(node, trie.edgeLabels[edge] ?? 0, trie.mask)
  while (trie.slots[slot] !== 0) slot = (slot + 1) & trie.mask
  trie.slots[slot] = edge + 1
}

/** The child of `node` by `label`, 0 when there is none. Not for the root. */
export function stepDown(trie: Trie, node: number, label: number): number {
  for (let slot = slotOf(node, label, trie.mask); ; slot = (slot + 1) & trie.mask) {
    const edge = (trie.slots[slot] ?? 0) - 1
    if (edge < 0) return 0
    if (trie.edgeNodes[edge] === node && trie.edgeLabels[edge] === label) return trie.edgeTargets[edge] ?? 0
  }
}
