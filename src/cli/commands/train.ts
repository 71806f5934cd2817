import { trainFlags } from '../flags/train.js'
import { namesake } from '../flags/training.js'
import { showDemo } from '../jobs/training/demo.js'
import { jobOf } from '../jobs/training/job.js'
import { filesWritten, summaryOf } from '../jobs/training/report.js'
import { runJob } from '../jobs/training/run.js'
import { interruptible } from '../terminal/interrupt.js'
import { verb } from '../verb/verb.js'

export const train = verb({
  name: 'train',
  summary: 'learn word vectors from text',
  description:
    'Reads text, counts its words, and learns a vector for each, by skip-gram or CBOW ' +
    '(word2vec). Each line is a sentence. The format of the output follows from its ending.',
  examples: [
    ['wordloom train --demo', 'from node_modules'],
    ['wordloom train corpus.txt.gz -o vectors.safetensors', 'from one file'],
    ['wordloom train "texts/**/*.txt" -o vectors.bin', 'from many files'],
    ['wordloom train news.txt --continue old.safetensors -o new.safetensors', 'with new text'],
    ['wordloom train corpus.txt -o vectors.bin --resume', 'go on after a stop'],
    ['xzcat corpus.xz | wordloom train - -o vectors.txt', 'from a program'],
  ],
  namesake,
  inputs: {
    corpus: {
      many: true,
      optional: true,
      file: 'read',
      help: 'text files (.gz and .zst too), folders, globs, or - for standard input',
    },
  },
  flags: trainFlags,
  plan: ({ corpus }, flags) => jobOf(corpus, flags),
  async run(_, { demo, format }, { plan: job }) {
    const { model, facts } = await interruptible(signal => runJob(job, signal))
    const written = await filesWritten(facts, format)
    const text = () => (demo ? showDemo(model.vectors, facts, written) : summaryOf(facts, written))
    return { json: facts, text }
  },
})
