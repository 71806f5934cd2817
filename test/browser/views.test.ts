import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const root = fileURLToPath(new URL('../../../', import.meta.url))

/** Code that runs in pages: as we write it, and as it is bundled together with what others wrote. */
const sources = ['src', 'studio', 'examples', 'dist/studio'].flatMap(folder =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter(path => !path.includes('node_modules'))
    .filter(path => /\.(ts|js)$/.test(path))
    .map(path => join(folder, path)),
)

/** The places where what `fill` gives is kept, though it may be a view and not an array made there. */
function keptFills(path: string, text: string): string[] {
  if (!text.includes('.fill(')) return []
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (isFill(node) && !isNew(node.expression.expression) && isKept(node)) {
      const { line } = file.getLineAndCharacterOfPosition(node.getStart())
      found.push(`${path}:${line + 1} ${node.getText().slice(-60)}`)
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

function isFill(node: ts.Node): node is ts.CallExpression & { expression: ts.PropertyAccessExpression } {
  return (
    ts.isCallExpression(node) &&
    ts.isPropertyAccessExpression(node.expression) &&
    node.expression.name.text === 'fill'
  )
}

function isNew(node: ts.Expression): boolean {
  const isArrayCall = ts.isCallExpression(node) && node.expression.getText() === 'Array'
  return isArrayCall || ts.isNewExpression(node)
}

/** Whether anything is done with the value; promises of readers, which have a `fill` of their own, are awaited. */
function isKept(node: ts.Node): boolean {
  const { parent } = node
  if (ts.isExpressionStatement(parent) || ts.isVoidExpression(parent) || ts.isAwaitExpression(parent))
    return false
  if (ts.isForStatement(parent)) return node === parent.condition
  if (ts.isParenthesizedExpression(parent)) return isKept(parent)
  if (ts.isConditionalExpression(parent)) return isKept(parent)
  if (!ts.isBinaryExpression(parent)) return true
  const { kind } = parent.operatorToken
  if (kind === ts.SyntaxKind.CommaToken) return node === parent.right && isKept(parent)
  const chooses = [
    ts.SyntaxKind.AmpersandAmpersandToken,
    ts.SyntaxKind.BarBarToken,
    ts.SyntaxKind.QuestionQuestionToken,
  ].includes(kind)
  return !chooses || isKept(parent)
}

test('nothing is made of what fill gives for a view: compiled code of Firefox takes the whole array for it', () => {
  assert.deepEqual(
    sources.flatMap(path => keptFills(path, readFileSync(join(root, path), 'utf8'))),
    [],
  )
})

test('what is refused is the value, however it is reached, and nothing else', () => {
  const refused = (code: string) => keptFills('x.ts', code).length
  for (const code of [
    'const t = a.subarray(1, 2).fill(0)',
    'const v = a.subarray(1, 2); const t = v.fill(0)',
    'place(row(matrix, 1).fill(0))',
    'const zero = (v) => v.fill(0)',
    'function zero(v) { return a && v.fill(0) }',
    't = (x, a.subarray(1, 2).fill(0))',
  ])
    assert.equal(refused(code), 1, code)
  for (const code of [
    'const t = a.subarray(1, 2); t.fill(0)',
    'const t = new Float32Array(3).fill(1)',
    'if (await reader.fill(8)) x()',
    'a && (row(matrix, 1).fill(0), b.fill())',
    'for (a.fill(0); x; b.fill(1)) {}',
  ])
    assert.equal(refused(code), 0, code)
})
