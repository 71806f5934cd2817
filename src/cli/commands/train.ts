import { type Command, InvalidArgumentError } from 'commander'
import { acquireLock, checkWritable, removePartials } from '../../files/index.js'
import { showDemo } from '../demo.js'
import { interruptible } from '../interrupt.js'
import { addStartFlags } from '../start-flags.js'
import { paintFor, print, printJson } from '../terminal.js'
import { addTrainingFlags, inFlags, namesake } from '../training-flags.js'
import { jobOf, runJob, type TrainFlags } from '../training-job.js'
import { summaryOf } from '../training-report.js'
import { seconds } from '../values.js'
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
      ['wordloom train news.txt --continue old.safetensors -o new.safetensors', 'with new text'],
      ['wordloom train corpus.txt -o vectors.bin --resume', 'go on after a stop'],
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
    .option('--phrases <file>', 'join these phrases first; `wordloom phrases` finds some')
    .option('--save-vocabulary <file>', 'write the words and their counts')
    .option(
      '--documents <file>',
      'where vectors of documents go, with an architecture that learns them (default: beside the output)',
    )
    .option('--map <file>', 'draw the words as a map, an .html page')
    .option(
      '--checkpoint <file>',
      'where a long run is kept (default: the output with .checkpoint behind it)',
      path,
    )
    .option('--no-checkpoint', 'keep nothing: what is interrupted is lost')
    .option(
      '--checkpoint-every <time>',
      'such as 30s or 10m (default: 60s, or 100 times what one takes)',
      seconds,
    )
    .option('--resume', 'go on from the checkpoint, where there is one')
    .option('--restart', 'begin anew although there is a checkpoint, and remove it')
    .option('--demo', 'learn from the prose in the nearest node_modules folder')
  addStartFlags(command)
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
    const lock = await acquireLock(`${job.flags.output}.lock`, `training for ${job.flags.output}`)
    for (const file of job.outputs) await removePartials(file)
    const { model, facts } = await interruptible(signal => runJob(job, signal)).finally(lock.release)
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
