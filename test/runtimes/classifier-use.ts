/** What one does with classifiers, in a program that every runtime with files and threads runs: prints what it finds. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { loadClassifier, saveClassifier, trainClassifier } from 'wordloom/classification'
import { classifierAnswers, lines } from './classifier-answers.js'

const learning = { dimensions: 50, epochs: 3, threads: 2, checkpoint: 'run' } as const
const epochs: number[] = []
const onEpoch = ({ epoch }: { readonly epoch: number }) => void epochs.push(epoch)
const { classifier } = await trainClassifier(lines, { ...learning, restart: true, onEpoch })
const sums = []
const labels = []
for (const name of ['model.safetensors', 'model.bin.gz']) {
  await saveClassifier(classifier, name)
  const loaded = await loadClassifier(name)
  labels.push(loaded.predict('own10 own11 w3')[0]!.label)
  if (!name.endsWith('.gz')) sums.push(createHash('sha256').update(readFileSync(name)).digest('hex'))
}
console.log(JSON.stringify({ epochs, sums, labels, answers: await classifierAnswers({ threads: 2 }) }))
