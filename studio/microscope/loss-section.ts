import { drawing, element } from '../element.js'
import { digitsApart, figure, shown } from '../figure.js'
import { displayed, texLines, texNumber, texOperand, texWord } from '../formula.js'
import { formulaCard, listed, section, wordMark } from './section.js'
import type { Reading } from './view.js'

/** J with its numbers, and how it fell. */
export function lossSection(reading: Reading): HTMLElement {
  const { view, loss, center, guessed } = reading
  const names = [...new Set(guessed)].map(word => wordMark(reading, word))
  return section({
    id: 'loss',
    number: 6,
    title: 'How wrong was it? The loss',
    prose: [
      'One number says how surprised the model was to find ',
      ...listed(names),
      ' near ',
      element('b', { class: 'word center' }, view.specimen.words[center]),
      '; 0 would be a perfect guess. Take steps with the button below: every vector goes a little against its gradient, and the loss falls.',
    ],
    picture: [
      element(
        'p',
        { class: 'great-number' },
        element('span', { class: 'spoken' }, 'The loss is '),
        element('span', { id: 'loss-value' }, figure(loss, 4)),
        element('small', {}, ' nats'),
      ),
      lossCurve(view.losses),
    ],
    formulas: [formulaCard('The loss, with its numbers', ...lossFormulas(reading))],
  })
}

const [WIDTH, HEIGHT, MARGIN] = [460, 150, 12]

/** The loss before the first step and after each. */
function lossCurve(losses: readonly number[]): HTMLElement {
  if (losses.length < 2)
    return element(
      'p',
      { class: 'note' },
      'No step taken yet: after the first, the curve of the loss stands here.',
    )
  const greatest = Math.max(...losses) || 1
  const x = (i: number) => MARGIN + ((WIDTH - 2 * MARGIN) * i) / (losses.length - 1)
  const y = (loss: number) => HEIGHT - MARGIN - ((HEIGHT - 2 * MARGIN) * loss) / greatest
  const points = losses.map((loss, i) => `${x(i).toFixed(1)},${y(loss).toFixed(1)}`).join(' ')
  const steps = losses.length - 1
  const digits = digitsApart(losses[0], losses.at(-1)!)
  const label = `The loss went from ${shown(losses[0], digits)} to ${shown(losses.at(-1)!, digits)} in ${steps} ${steps === 1 ? 'step' : 'steps'}`
  const curve = drawing(
    'svg',
    { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: 'curve', role: 'img', 'aria-label': label },
    drawing('line', { x1: MARGIN, x2: WIDTH - MARGIN, y1: y(0), y2: y(0), class: 'axis' }),
    drawing('polyline', { points }),
    ...losses
      .map((loss, i) => drawing('circle', { cx: x(i).toFixed(1), cy: y(loss).toFixed(1), r: 3 }))
      .slice(losses.length > 60 ? -1 : 0),
  )
  return element(
    'figure',
    { class: 'curve-figure' },
    curve,
    element('figcaption', { class: 'note' }, `${label}.`),
  )
}

function lossFormulas(reading: Reading): HTMLElement[] {
  if (reading.view.looking === 'window') return windowLoss(reading)
  return reading.view.objective === 'naive-softmax' ? softmaxLoss(reading) : sampledLoss(reading)
}

function softmaxLoss({ view, guessed, pairs, loss }: Reading): HTMLElement[] {
  const [pair] = pairs
  if (!pair) return []
  const outside = texWord(view.specimen.words[guessed[0]])
  const term = pair.terms[guessed[0]]
  return [
    displayed(
      'J = -\\log \\hat y_o = -u_o^{\\top} v_c + \\log\\sum_w e^{u_w^{\\top} v_c}',
      'the loss of naive softmax',
    ),
    displayed(
      `\\begin{aligned}J &= -\\log \\hat y_{${outside}} = -\\log ${texNumber(term.probability)}\\\\&= -${texOperand(term.score)} + ${texOperand(pair.logTotal!)} = \\mathbf{${texNumber(loss, 4)}}\\end{aligned}`,
      'the loss with its numbers',
    ),
  ]
}

function sampledLoss({ view, pairs, loss }: Reading): HTMLElement[] {
  const lines = (pairs[0]?.terms ?? []).flatMap(term => {
    const name = `\\small ${texWord(view.specimen.words[term.word])}`
    const score = texNumber(term.score)
    const times = term.timesDrawn > 1 ? `${term.timesDrawn}\\,` : ''
    return [
      ...(term.observed ? [`&-\\log\\sigma(${score}) && ${name}`] : []),
      ...(term.timesDrawn ? [`&-${times}\\log\\sigma(-${texOperand(term.score)}) && ${name}`] : []),
    ]
  })
  return [
    displayed(
      'J = -\\log\\sigma(u_o^{\\top} v_c) - \\sum_{k=1}^{K}\\log\\sigma(-u_{n_k}^{\\top} v_c)',
      'the loss of negative sampling',
    ),
    displayed(
      `\\begin{aligned}J =\\;${lines.join('\\\\')}\\\\=\\;& \\mathbf{${texNumber(loss, 4)}}\\end{aligned}`,
      'the loss with its numbers',
    ),
  ]
}

function windowLoss({ pairs, loss }: Reading): HTMLElement[] {
  const terms = pairs.map(pair => texNumber(pair.loss))
  return [
    displayed(
      'J_{\\text{sg}} = \\sum_{-m\\le j\\le m,\\ j\\ne 0} J(v_c, w_{t+j}, U)',
      'the loss of skip-gram, over the window',
    ),
    displayed(
      `\\begin{aligned}J_{\\text{sg}} &= ${texLines(terms, 4)}\\\\&= \\mathbf{${texNumber(loss, 4)}}\\end{aligned}`,
      'the loss of the window with its numbers',
    ),
  ]
}
