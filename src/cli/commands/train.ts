import { type Command, InvalidArgumentError } from 'commander'
import { checkWritable } from '../../files/index.js'
import { showDemo } from '../demo.js'
import { interruptible } from '../interrupt.js'
import { paintFor, print, printJson } from '../terminal.js'
import { addTrainingFlags, inFlags, namesake } from '../training-flags.js'
import { jobOf, runJob, type TrainFlags } from '../training-job.js'
import { summaryOf } from '../training-report.js'
import { verb } from '../verb.js'

export function trainCommand(): Command {
  const command = verb({
    name: 'train',
    summary: 'learn word vectors from text',
    description:
      'Reads text, counts its words, and learns a vector for each, by skip-gram or CBOW ' +
      '(word2vec). Each line is a sentence. The format of the output follows from its ending.',
    examples: [
      ['wordloom train --demo', 'from node_modules'],
      ['wordloom train corpus.txt.gz -o vectors.safetensors', 'from one file'],
      ['wordloom train "texts/**/*.txt" -o vectors.bin', 'from many files'],
      ['xzcat corpus.xz | wordloom train - -o vectors.txt', 'from a program'],
    ],
    namesake,
  })
    .argument('[corpus...]', 'text files (.gz and .zst too), folders, globs, or - for standard input')
    .optionsGroup('Files:')
    .option(
      '-o, --output <file>',
      'where the vectors go: .safetensors (everything), .txt, .vec or .bin',
      path,
    )
    .option('--vocabulary <file>', 'learn these words, with these counts, instead of counting')
    .option('--save-vocabulary <file>', 'write the words and their counts')
    .option('--map <file>', 'draw the words as a map, an .html page')
    .option('--demo', 'learn from the prose in the nearest node_modules folder')
  addTrainingFlags(command, paintFor(process.stdout))
  return command
    .optionsGroup('What is shown:')
    .option('-q, --quiet', 'show nothing unless something goes wrong')
    .option('--json', 'print a summary as JSON')
    .action(learn)
}

async function learn(corpus: readonly string[], flags: TrainFlags): Promise<void> {
  try {
    const job = jobOf(corpus, flags)
    for (const file of job.outputs) await checkWritable(file)
    const { model, facts } = await interruptible(signal => runJob(job, signal))
    if (flags.json) printJson(facts)
    else if (!flags.quiet) print(flags.demo ? showDemo(model.vectors, facts) : summaryOf(facts))
  } catch (error) {
    throw inFlags(error)
  }
}

function path(text: string): string {
  // word2vec's "-output FILE" arrives as the short flag -o with the value "utput"
  if (text === 'utput') throw new InvalidArgumentError('write --output with two dashes')
  return text
}
