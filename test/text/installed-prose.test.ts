import assert from 'node:assert/strict'
import { test } from 'node:test'
import { installedProse } from '#text/index'
import { temporaryFolder } from './temporary.js'

const README = `# The left pad

This package *pads* the [left side](https://example.com/left) of a \`string\` to the width you give it.
It is [fast][1] and it has \`noDependencies()\` at all.

    const code = 'of the four spaces that are not in the text'

\`\`\`js
// this is the code that no one should read as prose
\`\`\`

- Use it when the text should be as wide as the column is.

| option | meaning of the option |
| ------ | --------------------- |
| width  | the width of the padded text in characters |

Dieser Satz ist nicht auf Englisch und soll nicht gelesen werden.

[1]: https://example.com
`

const CODE = `/*! Copyright (c) 2020 the authors of this, all rights reserved. */
/**
 * Pads a string on the left
 * until it has the {@link width} that is asked for.
 *
 * @param {string} text - The text that is to be padded.
 * @returns {string} what the padding and the text are together
 * @example
 * pad('the text that is in the example')
 */
function pad(text) {
  // eslint-disable-next-line no-bitwise -- this is one of the rules
  // Loop over the characters, and stop when
  // the text is as wide as it should be.
  // if (a.b && c[d] == (e = f)) { the.of(g); }
  return text // a note that is at the end of a line
}
`

const folder = temporaryFolder({
  'project/node_modules/left-pad/README.md': README,
  'project/node_modules/left-pad/index.js': CODE,
  'project/node_modules/left-pad/index.d.ts': CODE,
  'project/node_modules/left-pad/all.min.js': CODE.replaceAll('Pads', 'Packs'),
  'project/node_modules/left-pad/small.js': `/** The words that are in a minified file of it. */${'x'.repeat(5000)}`,
  'project/node_modules/.cache/x.md': 'This is in a folder that is hidden from the reader.',
  'project/node_modules/.pnpm/a@1/node_modules/a/x.md':
    'This is in the store of a package manager, and it is read.',
  'project/src/deep/main.js': '',
})

test('prose comes from readme files and comments, once, without code, links, licences and tags', async () => {
  const found: string[] = []
  for await (const paragraph of installedProse(folder('project/src/deep'))) found.push(paragraph)
  assert.deepEqual(found, [
    'This is in the store of a package manager, and it is read.',
    'Pads a string on the left until it has the width that is asked for.',
    'The text that is to be padded.',
    'what the padding and the text are together',
    'This package pads the left side of a string to the width you give it. It is fast and it has noDependencies at all.',
    'Use it when the text should be as wide as the column is.',
    'option meaning of the option',
    'width the width of the padded text in characters',
  ])
})

test('without a node_modules folder it says what to do', async () => {
  const bare = temporaryFolder({ 'a.txt': '' })
  await assert.rejects(installedProse(bare()).next(), {
    code: 'no-input',
    message: /no node_modules folder here or above\. Run npm install/,
  })
  const empty = temporaryFolder({ 'node_modules/x/index.js': 'f()' })
  await assert.rejects(installedProse(empty()).next(), { code: 'no-input', message: /have no prose/ })
})
