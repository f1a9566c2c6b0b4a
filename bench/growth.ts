// npm run bench -- growth: the program as users run it with ever more feeds, and with ever more articles stored. Some 15 minutes when quiet.
// FEEDS=100,1000,5000 ENTRIES=20 ARTICLES=5000,250000,1000000 TURNS=3 npm run bench -- growth; an empty list leaves one half out.
// Filled archives stay under the system's temporary folder for the day, since filling the largest takes longer than everything else.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measureArchives } from './growth-archive.ts'
import { measureFeeds } from './growth-feeds.ts'

const numbers = (text: string): readonly number[] => text.split(',').filter(Boolean).map(Number)
const feeds = numbers(process.env['FEEDS'] ?? '100,1000,5000')
const articles = numbers(process.env['ARTICLES'] ?? '5000,250000,1000000')
const entries = Number(process.env['ENTRIES'] ?? 20)
const turns = Number(process.env['TURNS'] ?? 3)

const cwd = join(import.meta.dirname, '..')
if (spawnSync('npm', ['run', '--silent', 'build'], { cwd, stdio: 'inherit' }).status !== 0) process.exit(1)
const folder = mkdtempSync(join(tmpdir(), 'presslark-growth-'))
try {
  if (feeds.length > 0) await measureFeeds(feeds, { entries, turns, folder })
  if (articles.length > 0) await measureArchives(articles, { turns, folder })
} finally {
  rmSync(folder, { recursive: true, force: true })
}
