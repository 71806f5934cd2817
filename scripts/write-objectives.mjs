// Writes the tables of docs/objectives.md from those in the code: node scripts/write-objectives.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { between, table } from './tables.mjs'

const page = fileURLToPath(new URL('../docs/objectives.md', import.meta.url))

/** The page with a row for each objective and each architecture. */
export function withTables(text, objectives, architectures) {
  return between(
    between(text, 'objectives', objectiveRows(objectives)),
    'architectures',
    architectureRows(architectures),
  )
}

function objectiveRows(objectives) {
  return table(
    ['`--objective`', 'A word is', 'A pair costs', 'Output rows', 'Schedules', 'A model that goes on'],
    objectives.map(({ name, help, work, outputRowsAre, canGoInBlocks, losesRows }) => [
      linked(name, 'objectives'),
      help,
      work.replaceAll('|', '\\|'),
      outputRowsAre ? 'not those of words; the file says whose' : 'one a word',
      canGoInBlocks ? 'blocks, windows' : 'windows',
      losesRows ? 'begins output rows anew' : 'keeps them',
    ]),
  )
}

function architectureRows(architectures) {
  return table(
    ['`--architecture`', 'What predicts', 'Steps for a word', 'Learning rate', 'Documents'],
    architectures.map(({ name, help, predictsOnce, learningRate, hasDocuments }) => [
      linked(name, 'architectures'),
      help,
      predictsOnce ? 'one' : 'many',
      learningRate,
      hasDocuments ? 'every line' : '–',
    ]),
  )
}

/** The name, with a link to its file. */
function linked(name, folder) {
  return `[\`${name}\`](../src/reference/${folder}/${name}.ts)`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { objectives } = await import('../dist/reference/objectives/table.js')
  const { architectures } = await import('../dist/reference/architectures/table.js')
  writeFileSync(page, withTables(readFileSync(page, 'utf8'), objectives, architectures))
}
