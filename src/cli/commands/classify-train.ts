import { classifierFormatOf } from '../../classification/index.js'
import { WordloomError } from '../../errors.js'
import { isStream } from '../../files/index.js'
import { classifyNamesake, classifyTrainFlags } from '../flags/classify-train.js'
import { trainAndSave } from '../jobs/classifier-training.js'
import { keepingOf } from '../jobs/training/keeping.js'
import { trainedTable } from '../tables/trained-classifier-table.js'
import { interruptible } from '../terminal/interrupt.js'
import { verb } from '../verb/verb.js'

export const train = verb({
  name: 'train',
  summary: 'learn to label texts from lines with labels',
  description:
    'Reads lines with labels, as fastText marks them (`__label__kind what a lovely film`), in columns of .tsv or .csv, or as ' +
    'JSON Lines, and learns to label others. One seed gives the same file for any number of threads.',
  examples: [
    ['wordloom classify train reviews.txt -o model.safetensors', 'lines of fastText'],
    ['wordloom classify train a.csv --text-column body -o model.bin', 'columns'],
    ['wordloom classify train a.txt --objective one-vs-all -o m.safetensors', 'several labels a line'],
    ['wordloom classify train a.txt --from vectors.bin -o m.safetensors', 'from word vectors'],
    ['wordloom classify train a.txt --max-ngram 0 -o m.safetensors', 'whole words only: smaller, faster'],
  ],
  namesake: classifyNamesake,
  inputs: {
    lines: {
      many: true,
      file: 'read',
      help: 'files with labelled lines (.gz and .zst too), folders, globs, or - for standard input',
    },
  },
  flags: classifyTrainFlags,
  async plan(_, flags) {
    const { output } = flags
    await checkOutput(output)
    const keeping = await keepingOf(output, flags)
    return { keeping, lock: { path: output, work: `training for ${output}` } }
  },
  async run({ lines }, flags, { plan: { keeping } }) {
    const facts = await interruptible(signal => trainAndSave(lines, flags, keeping, signal))
    return { json: facts, text: () => trainedTable(facts) }
  },
})

/** Throws `usage` before anything is learned that could not be written. */
async function checkOutput(output: string): Promise<void> {
  const format = classifierFormatOf(output)
  if (format === 'safetensors' || format === 'bin') return
  throw new WordloomError('usage', {
    action: `write ${output}`,
    found:
      format === 'ftz'
        ? 'a .ftz file holds codes of rows that were learned before'
        : (await isStream(output))
          ? 'it is no file'
          : 'its ending names no format of classifiers',
    expected: 'a file that ends in .safetensors or .bin, .gz or .zst behind it or not',
    ...(format === 'ftz' && { cure: 'write a .bin, and then: wordloom convert model.bin model.ftz' }),
  })
}
