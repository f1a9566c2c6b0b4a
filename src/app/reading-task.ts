// What the reading thread is asked, and what it answers.
import type { Body, BodyReading } from '../fetch/index.ts'
import type { PackedAnalyses } from '../pipeline/packed-analyses.ts'
import type { PackedArticles } from '../pipeline/packed-articles.ts'

/** The topics as JSON in memory that both threads see: sending it costs nothing. Another set of topics has another version. */
export type SharedRules = { readonly version: number; readonly json: Uint8Array<SharedArrayBuffer> }

export type ReadingTask =
  | { readonly body: Body }
  | { readonly articles: PackedArticles; readonly rules: SharedRules }

export type ReadingResult = { readonly reading: BodyReading } | { readonly analyses: PackedAnalyses }
