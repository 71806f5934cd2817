// Tells the language of a text in the page itself, with a classifier that somebody chooses.
import { readClassifier } from 'wordloom/classification/reading'

const find = id => document.getElementById(id)
let classifier

find('file').onchange = async () => {
  const [file] = find('file').files
  if (!file) return
  try {
    classifier = await readClassifier({ name: file.name, size: file.size, chunks: file.stream() })
    find('status').value = `${file.name} knows ${classifier.labels.length} labels.`
    find('text').disabled = false
    find('text').focus()
    answer()
  } catch (error) {
    find('status').value = error.message
  }
}

find('text').oninput = answer

function answer() {
  const text = find('text').value
  const likely = text.trim() === '' ? [] : classifier.predict(text, { count: 5, threshold: 0.01 })
  find('labels').replaceChildren(...likely.map(asItem))
}

function asItem({ label, probability }) {
  const item = document.createElement('li')
  item.textContent = `${nameOf(label)}: ${(100 * probability).toFixed(1)} %`
  return item
}

/** Labels of language identifiers are codes, which browsers know the names of. */
function nameOf(label) {
  try {
    return `${new Intl.DisplayNames(['en'], { type: 'language' }).of(label)} (${label})`
  } catch {
    return label
  }
}
