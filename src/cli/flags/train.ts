import { choice } from '../../options/index.js'
import { tagForms } from '../../text/index.js'
import { formatFlag } from '../files/output-files.js'
import { type FlagsOf, under } from '../verb/flags.js'
import { startFlags } from './start.js'
import { trainingFlags } from './training.js'

const files = under('Files:', {
  output: {
    kind: 'file',
    use: 'write',
    help: 'where the vectors go: .safetensors (everything), .txt, .vec or .bin; - is standard output',
  },
  format: formatFlag('format of the output', 'what its ending says; word2vec-text if it is no file'),
  vocabulary: { kind: 'file', use: 'read', help: 'words to learn, with their counts, in place of counting' },
  phrases: { kind: 'file', use: 'read', help: 'phrases to join first; `wordloom phrases` finds some' },
  tags: choice(
    undefined,
    tagForms,
    'form of a text whose documents have tags, which get the vectors: columns: lines of tags with commas between them, a tab and the text; json: lines such as {"tags": ["a"], "text": "…"}',
    { otherwise: 'lines are documents' },
  ),
  saveVocabulary: { kind: 'file', use: 'write', help: 'where the words and their counts go' },
  documents: {
    kind: 'file',
    use: 'write',
    help: 'where vectors of documents go, with an architecture that learns them',
    otherwise: 'beside the output',
  },
  map: { kind: 'file', use: 'write', help: 'where a map of the words goes, an .html page or .svg picture' },
  checkpoint: {
    kind: 'file',
    use: 'write',
    help: 'where a long run is kept',
    otherwise: 'the output with .checkpoint behind it, none if that is no file',
    refused: 'keep nothing: an interrupted run is lost',
  },
  checkpointEvery: {
    kind: 'time',
    help: 'time between checkpoints, such as 30s or 10m',
    otherwise: '60s, or 100 times what one takes',
  },
  resume: { kind: 'flag', default: false, help: 'go on from the checkpoint, if there is one' },
  restart: { kind: 'flag', default: false, help: 'begin anew, and remove the checkpoint that is there' },
  demo: {
    kind: 'flag',
    default: false,
    help: 'learn from the prose in the nearest node_modules folder, and draw its map beside the output',
  },
} as const)

const shown = under('What is shown:', {
  quiet: { kind: 'flag', default: false, help: 'show nothing unless something goes wrong' },
} as const)

/** Every flag of `train`. */
export const trainFlags = { ...files, ...startFlags, ...trainingFlags, ...shown } as const

export type TrainFlags = FlagsOf<typeof trainFlags>
