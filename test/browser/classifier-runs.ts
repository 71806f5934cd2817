import {
  type ClassifierProgress,
  loadClassifier,
  saveClassifier,
  type TrainClassifierCall,
  trainClassifier,
} from 'wordloom/classification'
import { classifierAnswers, lines } from '../runtimes/classifier-answers.js'

/** What a page learns and answers, what it tells meanwhile, and what it refuses. */
export async function classifiersInPage() {
  return {
    isolated: crossOriginIsolated,
    one: await classifierAnswers({ threads: 1 }),
    two: crossOriginIsolated ? await classifierAnswers({ threads: 2 }) : undefined,
    reference: await classifierAnswers({ simd: 'none', epochs: 1 }),
    labels: await labelledText(),
    progress: await progressTold(),
    stopped: await stopped(),
    moments: crossOriginIsolated ? await moments() : undefined,
    refusals: await refusals(),
  }
}

/** From a stream of bytes, as a page fetches them. */
async function labelledText(): Promise<readonly string[]> {
  const text = lines.map(
    ({ text, labels }) => `${labels.map(label => `__label__${label}`).join(' ')} ${text}\n`,
  )
  const { classifier } = await trainClassifier(new Blob(text).stream(), { epochs: 1, threads: 1 })
  return classifier.labels
}

async function progressTold() {
  const told: ClassifierProgress[] = []
  await trainClassifier(lines, { epochs: 300, threads: 1, onProgress: progress => told.push(progress) })
  const fractions = told.flatMap(progress => (progress.phase === 'training' ? [progress.fraction] : []))
  return { phases: [...new Set(told.map(({ phase }) => phase))], fractions }
}

/** Training that is stopped while it runs. */
async function stopped(): Promise<string> {
  const stop = new AbortController()
  const onProgress = (progress: ClassifierProgress) => {
    if (progress.phase === 'training' && progress.fraction > 0) stop.abort()
  }
  return refusal(trainClassifier(lines, { epochs: 100_000, threads: 1, onProgress, signal: stop.signal }))
}

/** The epochs that are seen while training waits, and what the classifier says at each. */
export async function moments() {
  const seen: [number, string | undefined][] = []
  const call: TrainClassifierCall = {
    epochs: 4,
    threads: 1,
    onEpoch: moment => {
      seen.push([moment.epoch, moment.classifier().predict('own10 own11')[0]?.label])
      if (moment.epoch === 3) moment.stop()
    },
  }
  const { losses } = await trainClassifier(lines, call)
  return {
    epochs: seen.map(([epoch]) => epoch),
    labels: seen.map(([, label]) => label),
    losses: losses.training.length,
  }
}

async function refusals() {
  const { classifier } = await trainClassifier(lines, { epochs: 1, threads: 1 })
  return {
    threads: await refusal(trainClassifier(lines, { epochs: 1, threads: 2 })),
    epochs: await refusal(trainClassifier(lines, { epochs: 1, onEpoch: () => {} })),
    checkpoint: await refusal(trainClassifier(lines, { epochs: 1, checkpoint: 'run' })),
    text: await refusal(trainClassifier('train.txt')),
    load: await refusal(loadClassifier('model.ftz')),
    save: await refusal(saveClassifier(classifier, 'model.safetensors')),
  }
}

async function refusal(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'nothing was refused',
    (error: Error & { code?: string }) => `${error.code}: ${error.message}`,
  )
}
