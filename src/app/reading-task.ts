// What the reading thread is asked, and what it answers.
import type { Body, BodyReading } from '../fetch/index.ts'

export type ReadingTask = { readonly body: Body }

export type ReadingResult = { readonly reading: BodyReading }
