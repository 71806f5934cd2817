import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { mean } from 'simple-statistics'
import { WordloomError } from 'wordloom'
import { type TrainClassifierCall, testClassifier, trainClassifier } from 'wordloom/classification'
import { describeMachine, heading, note } from './machine.js'
import { fixed, table } from './table.js'
import { inTemporaryFolder } from './temporary.js'
import { numberFlag } from './variants.js'

export const labelAccuracyUsage = `label-accuracy  test accuracy of a classifier beside fastText and, by scikit-learn, logistic regression and Bayes
  --train FILE  --test FILE          lines as fastText marks them; --test may be given again
  --seeds 5                          of Wordloom; the others have none that matters
  --characters 3-6  --words 2        n-grams for all but the first row of fastText
  --fasttext fasttext  --python /usr/bin/python3`

/** tf-idf of words and bigrams, or of characters, with two models that need no vectors. */
const script = `
import sys
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import MultinomialNB

def lines(path):
    pairs = [line.rstrip('\\n').split(' ', 1) for line in open(path, encoding='utf8')]
    return [text for _, text in pairs], [label for label, _ in pairs]

train, tests = lines(sys.argv[1]), [lines(path) for path in sys.argv[2:]]
words = dict(ngram_range=(1, 2), token_pattern=r'\\S+', lowercase=False)
characters = dict(analyzer='char', ngram_range=(1, 4), lowercase=False)
for name, options, model in [
    ('tf-idf of words and bigrams, logistic regression', words, LogisticRegression(C=3, solver='liblinear')),
    ('tf-idf of words and bigrams, naive Bayes', words, MultinomialNB()),
    ('tf-idf of 1 to 4 characters, logistic regression', characters, LogisticRegression(C=3, solver='liblinear')),
]:
    made = TfidfVectorizer(**options)
    model.fit(made.fit_transform(train[0]), train[1])
    print(name, *[100 * model.score(made.transform(text), labels) for text, labels in tests], sep='\\t')
`

export async function labelAccuracy(args: readonly string[]): Promise<void> {
  const options = {
    train: { type: 'string' },
    test: { type: 'string', multiple: true },
    seeds: { type: 'string' },
    characters: { type: 'string', default: '3-6' },
    words: { type: 'string', default: '2' },
    fasttext: { type: 'string', default: 'fasttext' },
    python: { type: 'string', default: '/usr/bin/python3' },
  } as const
  const { values } = parseArgs({ args: [...args], options })
  const { train, test: tests = [] } = values
  if (train === undefined || tests.length === 0)
    throw new WordloomError('usage', {
      found: '--train or --test is missing',
      cure: 'name files of labelled lines',
    })
  const [minNgram, maxNgram] = values.characters.split('-').map(Number) as [number, number]
  const ngrams = { minNgram, maxNgram, wordNgrams: numberFlag('words', values.words, 2) }
  const seeds = numberFlag('seeds', values.seeds, 5)
  process.stdout.write(heading('Accuracy of classifiers, %', [`${seeds} seeds`], describeMachine()))
  const rows = [
    ['Wordloom', ...(await ownAccuracies(train, tests, ngrams, seeds))],
    ...(await fastTextRows(values.fasttext, train, tests, ngrams)),
    ...scikitRows(values.python, train, tests),
  ]
  process.stdout.write(`\n${table(['classifier', ...tests.map(path => path.split('/').at(-1)!)], rows)}`)
}

async function ownAccuracies(
  train: string,
  tests: readonly string[],
  ngrams: TrainClassifierCall,
  seeds: number,
): Promise<string[]> {
  const found: number[][] = tests.map(() => [])
  for (let seed = 1; seed <= seeds; seed++) {
    const { classifier } = await trainClassifier(train, { ...ngrams, seed })
    for (const [i, path] of tests.entries())
      found[i]!.push(100 * (await testClassifier(classifier, path)).accuracy)
    note(`seed ${seed}: ${found.map(ofOne => fixed(ofOne.at(-1), 1)).join(', ')}`)
  }
  return found.map(
    ofOne => `${fixed(mean(ofOne), 1)} (${fixed(Math.min(...ofOne), 1)}–${fixed(Math.max(...ofOne), 1)})`,
  )
}

async function fastTextRows(
  program: string,
  train: string,
  tests: readonly string[],
  { minNgram, maxNgram, wordNgrams }: TrainClassifierCall,
): Promise<string[][]> {
  const same = ['-lr', '.5', '-epoch', '10', '-dim', '20', '-bucket', '2000000']
  const ngrams = ['-minn', String(minNgram), '-maxn', String(maxNgram), '-wordNgrams', String(wordNgrams)]
  return inTemporaryFolder(async folder =>
    [
      { name: 'fastText, defaults', options: [] },
      { name: `fastText ${[...same, ...ngrams].join(' ')}`, options: [...same, ...ngrams] },
    ].map(({ name, options }) => {
      const model = join(folder, 'model')
      const call = ['supervised', '-input', train, '-output', model, '-thread', '1', ...options]
      execFileSync(program, call, { stdio: 'ignore' })
      const found = tests.map(path =>
        execFileSync(program, ['test', `${model}.bin`, path], { encoding: 'utf8' }),
      )
      return [name, ...found.map(text => fixed(100 * Number(/P@1\s+([\d.]+)/.exec(text)?.[1]), 1))]
    }),
  )
}

function scikitRows(python: string, train: string, tests: readonly string[]): string[][] {
  const printed = execFileSync(python, ['-c', script, train, ...tests], { encoding: 'utf8' })
  return printed
    .trim()
    .split('\n')
    .map(line => line.split('\t').map((cell, i) => (i === 0 ? cell : fixed(Number(cell), 1))))
}
