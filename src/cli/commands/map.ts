import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { type Command, Option } from 'commander'
import { WordloomError } from '../../errors.js'
import { writeTogether } from '../../files/index.js'
import type { MapColor, Projection, WordMap } from '../../map/index.js'
import { grouped } from '../figures.js'
import { drawnMap, mapFormOf } from '../map-file.js'
import { openVectors } from '../open-vectors.js'
import { openOutputs, type Report, shownOutput } from '../output-files.js'
import { numberIn, oneOf, positive } from '../values.js'
import { verb } from '../verb.js'

interface MapFlags {
  readonly output: string
  readonly projection: Projection
  readonly limit?: number
  readonly words?: number
  readonly labels?: number
  readonly color: string
  readonly highlight: readonly string[]
  readonly title?: string
  readonly seed: number
  readonly json?: true
}

const LIMIT = 100_000

export function mapCommand(): Command {
  return verb({
    name: 'map',
    summary: 'a picture of the words, as a page or an SVG file',
    description:
      'Draws words so that near ones lie near each other, as one HTML file that needs no network (point at a ' +
      'word and see its true neighbours) or as an SVG picture, and tells how far the picture can be believed. ' +
      'The studio shows the whole vocabulary.',
    examples: [
      ['wordloom map vectors.safetensors -o map.html', 'the 300 words most worth drawing'],
      ['wordloom map vectors.bin -o map.svg --words 800 --labels 200', 'a picture; most words are dots'],
      [
        'wordloom map vectors.vec -o map.html --color valence.tsv',
        'colours from a table of words and values',
      ],
      ['wordloom map vectors.safetensors -o map.html --highlight king queen', 'these words, too, in bold'],
    ],
  })
    .argument('<vectors>', 'a file of word vectors, in any format that convert knows')
    .requiredOption(
      '-o, --output <file>',
      'where the map goes: .html or .svg, or - for standard output (a page)',
    )
    .addOption(
      new Option('--projection <name>', 'umap keeps near words near, pca is the two main axes')
        .argParser(oneOf(['umap', 'pca'] as const))
        .default('umap'),
    )
    .option('--limit <n>', `only the n most frequent words of the file (default ${grouped(LIMIT)})`, positive)
    .option('--words <n>', 'how many words are drawn, up to 2,000 (default 300)', positive)
    .option('--labels <n>', 'how many of them are written; the others are dots', wholeNumber)
    .option('--color <what>', 'cluster, frequency, or a TSV or CSV file of words and values', 'cluster')
    .option('--highlight <word...>', 'words that are drawn whatever they are, in bold', [])
    .option('--title <text>', 'the heading')
    .option('--seed <n>', 'the chance of the layout (default 1)', wholeNumber, 1)
    .option('--json', 'print JSON')
    .action(map)
}

const wholeNumber = numberIn({ kind: 'integer', min: 0, max: 2 ** 31 })

async function map(path: string, flags: MapFlags): Promise<void> {
  const { output, projection, limit = LIMIT, words, labels, highlight, title, seed } = flags
  const form = await mapFormOf(output)
  const told = await openOutputs([output], [path])
  const color = await colorOf(flags.color)
  const vectors = await openVectors(path, { limit })
  const options = {
    projection,
    color,
    highlight,
    seed,
    title: title ?? `The words of ${basename(path)}`,
    ...(words !== undefined && { words }),
    ...(labels !== undefined && { labels }),
  }
  const drawn = await drawnMap(vectors, output, options, form)
  await writeTogether([drawn.output])
  await report(drawn.map, flags, told)
}

async function report(
  { size, trust }: WordMap,
  { output, projection, json }: MapFlags,
  { print, printJson }: Report,
): Promise<void> {
  const { trustSentence } = await import('../../map/index.js')
  if (json) return printJson({ output, projection, words: size, trustworthiness: trust ?? null })
  print(`${grouped(size)} words → ${shownOutput(output)}`)
  if (trust) print(trustSentence(trust))
}

/** Throws `no-input` for a table that cannot be read, `bad-data` for one that is none. */
async function colorOf(name: string): Promise<MapColor> {
  if (name === 'cluster' || name === 'frequency') return name
  const { readWordValues } = await import('../../map/index.js')
  return readWordValues(await tableText(name), name)
}

async function tableText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new WordloomError(
      'no-input',
      `${path}: cannot be read (${code}); --color takes cluster, frequency, or a file of words and values`,
      { cause: error },
    )
  }
}
