import { relative } from 'node:path'
import { type Command, InvalidArgumentError } from 'commander'
import { WordloomError } from '../../errors.js'
import { acquireLock, type Lock, placeOf, removePartials, takenName } from '../../files/index.js'
import { refuseSharedNames } from '../../training/index.js'
import { showDemo } from '../demo.js'
import { interruptible } from '../interrupt.js'
import { formatNames, openOutputs } from '../output-files.js'
import { addStartFlags } from '../start-flags.js'
import { paintFor } from '../terminal.js'
import { addTrainingFlags, inFlags, namesake } from '../training-flags.js'
import { jobOf, runJob, type TrainFlags, type TrainingJob } from '../training-job.js'
import { summaryOf } from '../training-report.js'
import { oneOf, seconds } from '../values.js'
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
      'where the vectors go: .safetensors (everything), .txt, .vec or .bin; - is standard output',
      path,
    )
    .option(
      '--format <name>',
      'of the output, if its ending does not tell; word2vec-text where it is no file',
      oneOf(formatNames),
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
      'where a long run is kept (default: the output with .checkpoint behind it; none where that is no file)',
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
    const job = await jobOf(corpus, flags)
    const report = await openOutputs(job.outputs, corpus)
    if (job.keeping.checkpoint !== undefined) await refuseSharedNames(job.keeping.checkpoint, job)
    const lock = await lockFor(job)
    if (lock) await removePartials(job.outputs)
    const { model, facts } = await interruptible(signal => runJob(job, signal)).finally(lock?.release)
    if (flags.json) report.printJson(facts)
    else if (!flags.quiet) report.print(flags.demo ? showDemo(model.vectors, facts) : summaryOf(facts))
  } catch (error) {
    throw inFlags(error)
  }
}

/** One for the file itself, by whatever links it is named; none for what is no file, and cannot be replaced. */
async function lockFor({ flags: { output }, inputs, outputs }: TrainingJob): Promise<Lock | undefined> {
  const place = await placeOf(output)
  if (place.kind !== 'file') return undefined
  const near = relative('.', place.path)
  const name = `${near.startsWith('..') ? place.path : near}.lock`
  if ((await takenName([name], inputs, outputs)) !== undefined)
    throw new WordloomError(
      'usage',
      `${name} is a file of this training, and would be the lock of ${output}; give the output another name`,
    )
  return acquireLock(name, `training for ${output}`)
}

function path(text: string): string {
  // word2vec's "-output FILE" arrives as the short flag -o with the value "utput"
  if (text === 'utput') throw new InvalidArgumentError('write --output with two dashes')
  return text
}
