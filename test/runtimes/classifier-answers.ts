import {
  type Classifier,
  quantizeClassifier,
  readClassifier,
  type TrainClassifierCall,
  testClassifier,
  trainClassifier,
  writeClassifier,
} from 'wordloom/classification'

const LABELS = 5
const objectives = ['softmax', 'one-vs-all', 'hierarchical-softmax', 'negative-sampling'] as const

/** Lines of words that all labels have, and of a few that are their labels' own; every eleventh has two labels. */
export const lines = Array.from({ length: 400 }, (_, i) => {
  const label = (i * i + 3 * i) % LABELS
  const words = Array.from({ length: 2 + (i % 7) }, (_, j) =>
    (i + j) % 3 === 0 ? `own${label}${(i * j) % 4}` : `w${(i * 7 + j * 3) % 40}`,
  )
  const labels = [label, ...(i % 11 === 0 ? [(label + 1) % LABELS] : [])]
  return { text: words.join(' '), labels: labels.map(number => `l${number}`) }
})

/** Fifty dimensions are two slices of columns, so that two threads have something to do. */
const common: TrainClassifierCall = { dimensions: 50, epochs: 2, heldOut: 0.1, learningRate: 0.3 }

/** What is learned from labelled lines, and what it says of texts, in whatever engine. */
export async function classifierAnswers(call: TrainClassifierCall) {
  const warnings: string[] = []
  const onWarning = (sentence: string) => warnings.push(sentence)
  try {
    const answers = []
    for (const objective of objectives)
      answers.push(await answersFor({ ...common, threads: 1, onWarning, ...call, objective }))
    return { warnings, answers }
  } catch (error) {
    return { error: (error as Error).message, warnings }
  }
}

async function answersFor(call: TrainClassifierCall) {
  const { classifier, losses } = await trainClassifier(lines, call)
  const bytes = await bytesOf(writeClassifier(classifier))
  const again = await readClassifier({ name: 'model.safetensors', chunks: [bytes] })
  const { accuracy } = await testClassifier(again, lines.slice(0, 100))
  const why = again.explain('own10 w7 nowhere')!
  const predicted = again.predict('own10 own21 w5', { count: 3 })
  return {
    file: await digestOf(bytes),
    fastText: await digestOf(await bytesOf(writeClassifier(classifier, { format: 'bin' }))),
    ...(call.objective === 'softmax' && call.simd !== 'none' && { small: await smaller(again) }),
    losses,
    predicted: predicted.map(({ label, probability }) => [label, rounded(probability)]),
    accuracy: rounded(accuracy),
    why: [why.label, rounded(why.score), why.parts.map(({ text, value }) => [text, rounded(value)])],
  }
}

async function smaller(classifier: Classifier): Promise<string> {
  const call = { norms: true, cutoff: 300, retrain: lines, epochs: 1 }
  const { classifier: small } = await quantizeClassifier(classifier, call)
  return digestOf(await bytesOf(writeClassifier(small, { format: 'ftz' })))
}

/** Engines round the last bits of exponentials each in its own way. */
function rounded(x: number): string {
  return x.toFixed(6)
}

async function bytesOf(chunks: Iterable<Uint8Array<ArrayBuffer>>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await new Blob([...chunks]).arrayBuffer())
}

async function digestOf(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes)
  return Array.from(new Uint8Array(digest), byte => byte.toString(16).padStart(2, '0')).join('')
}
