/**
 * One training run in a process of its own, through the public API, and what it cost: prints a Measurement as JSON.
 * Its one argument is a Task as JSON.
 */
import { type Model, train, WordloomError } from 'wordloom'
import { accuracyOf } from './accuracy.js'
import { readText } from './corpus.js'
import { MEGABYTES_A_KIB, type Measurement, type Task } from './measurement.js'
import { PhaseClock, spent } from './phase-clock.js'

const task = JSON.parse(process.argv[2]!) as Task
try {
  process.stdout.write(JSON.stringify(await measure(task)))
} catch (error) {
  if (!(error instanceof WordloomError)) throw error
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
}

async function measure({ corpus, megabytes, options, output, questions }: Task): Promise<Measurement> {
  const clock = new PhaseClock()
  const source = megabytes === undefined ? corpus : readText(corpus, megabytes)
  const model = await train(source, { ...options, onProgress: progress => clock.see(progress) })
  await model.save(output)
  const whole = spent()
  const peakMegabytes = process.resourceUsage().maxRSS * MEGABYTES_A_KIB
  return {
    ...factsOf(model),
    reading: clock.reading,
    training: clock.training,
    whole,
    peakMegabytes,
    losses: model.losses,
    heldOutLosses: model.heldOutLosses,
    ...(questions && { accuracy: await accuracyOf(model.vectors, questions) }),
  }
}

function factsOf({ vectors }: Model) {
  const { tokens } = JSON.parse(vectors.metadata.corpus!) as { tokens: number }
  return { vocabulary: vectors.size, words: vectors.vocabulary.tokens, tokens }
}
