// Learns word vectors from pasted text in the page itself, and shows the loss and each word's neighbours.
import { train } from 'wordloom'
import { formats } from 'wordloom/formats'

const find = id => document.getElementById(id)
const options = { dimensions: 50, epochs: 30, minCount: 3, subsampling: 0.01, learningRate: 0.05, onProgress }

find('train').onclick = () => {
  const text = find('text').value.trim()
  if (text === '') find('status').value = 'Paste some text into the field first, or use the sample text.'
  else train({ lines: text.split('\n') }, options).then(showAnswers, showError)
}
const showError = error => Object.assign(find('status'), { value: error.message })
function onProgress({ phase, fraction = 0, epoch, epochs, loss = 0 }) {
  find('progress').value = fraction
  if (phase === 'training') find('status').value = `epoch ${epoch} of ${epochs}, loss ${loss.toFixed(3)} nats`
}

function showAnswers({ vectors }) {
  find('save').href = URL.createObjectURL(new Blob([...formats.safetensors.write(vectors)]))
  find('words').replaceChildren(...Array.from(vectors.vocabulary.words(), word => new Option(word)))
  find('word').oninput = () => {
    const near = vectors.has(find('word').value) ? vectors.nearest(find('word').value, 10) : []
    find('neighbors').textContent = near.map(asLine).join('\n')
  }
  find('word').value = vectors.vocabulary.word(Math.floor(vectors.size / 2))
  find('word').oninput()
}
const asLine = ({ word, similarity }) =>
  `${similarity.toFixed(2)} ${'▆'.repeat(Math.max(0, similarity * 20)).padEnd(20)} ${word}`
