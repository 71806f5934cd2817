import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { option, say, WordloomError } from '../../errors.js'
import { writeTogether } from '../../files/index.js'
import { type MapColor, mapOptionTable, readWordValues, trustSentence } from '../../map/index.js'
import { integer, text, UNBOUNDED } from '../../options/index.js'
import { drawnMap, mapFormOf } from '../files/map-file.js'
import { openVectors } from '../files/open-vectors.js'
import { shownOutput } from '../files/output-files.js'
import { vectorsInput } from '../flags/inputs.js'
import { grouped } from '../terminal/figures.js'
import { chosen, filled } from '../verb/flags.js'
import { verb } from '../verb/verb.js'

const own = {
  limit: integer(100_000, 1, UNBOUNDED, 'words of the file that take part, the most frequent ones'),
  color: {
    ...text('cluster', 'cluster, frequency, or a TSV or CSV file of words and values'),
    placeholder: '<what>',
  },
}

export const map = verb({
  name: 'map',
  summary: 'draw the words, as a page or an SVG file',
  description:
    'Draws words so that near ones lie near each other, as one HTML file that needs no network (point at a ' +
    'word and see its true neighbours) or as an SVG picture, and says how far the picture can be believed. ' +
    'The studio shows the whole vocabulary.',
  examples: [
    ['wordloom map vectors.safetensors -o map.html', 'the 300 words most worth drawing'],
    ['wordloom map vectors.bin -o map.svg --words 800 --labels 200', 'a picture; most words are dots'],
    ['wordloom map vectors.vec -o map.html --color valence.tsv', 'colours from a table of words and values'],
    ['wordloom map vectors.safetensors -o map.html --highlight king queen', 'these words, too, in bold'],
  ],
  inputs: { vectors: vectorsInput },
  flags: {
    output: {
      kind: 'file',
      use: 'write',
      required: true,
      help: 'where the map goes: .html or .svg, or - for standard output (a page)',
    },
    ...mapOptionTable,
    ...own,
    highlight: {
      kind: 'texts',
      each: 'same flag',
      placeholder: '<word>',
      help: 'words that are drawn in any case, in bold',
    },
    title: text(undefined, 'the heading'),
  },
  async plan({ vectors }, { output, color }) {
    const isTable = color !== undefined && !isNamed(color)
    return { form: await mapFormOf(output), reads: [vectors, ...(isTable ? [color] : [])] }
  },
  async run({ vectors: path }, flags, { plan: { form } }) {
    const { output, highlight, title } = flags
    const { limit, color } = filled(own, flags)
    const colors = await colorsOf(color)
    const vectors = await openVectors(path, { limit })
    const options = {
      ...chosen(mapOptionTable, flags),
      color: colors,
      title: title ?? `The words of ${basename(path)}`,
      ...(highlight && { highlight }),
    }
    const drawn = await drawnMap(vectors, output, options, form)
    await writeTogether([drawn.output])
    const { size: words, trust } = drawn.map
    const { projection } = filled(mapOptionTable, flags)
    const closing = `${grouped(words)} words → ${shownOutput(output)}`
    return {
      json: { output, projection, words, trustworthiness: trust ?? null },
      text: () => (trust ? `${closing}\n${trustSentence(trust)}` : closing),
    }
  },
})

function isNamed(color: string): color is 'cluster' | 'frequency' {
  return color === 'cluster' || color === 'frequency'
}

/** Throws `no-input` for a table that cannot be read, `bad-data` for what is no table. */
async function colorsOf(color: string): Promise<MapColor> {
  return isNamed(color) ? color : readWordValues(await tableText(color), color)
}

async function tableText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new WordloomError(
      'no-input',
      {
        place: { file: path },
        found: code === 'ENOENT' ? 'no such file' : `it cannot be read (${code})`,
        cure: say`give ${option('color')} cluster, frequency, or a file of words and values`,
      },
      { cause: error },
    )
  }
}
