import { normalizerOf } from './normalizer.js'
import { type Entry, entryOf, UnknownRule } from './rules.js'
import { splitterOf } from './splitter.js'

type Cut = (word: string) => string[]

/**
 * How a tokenizer.json cuts a text into the tokens that have rows: normalized, parted into words, each of which is cut by
 * WordPiece (longest piece first; Wu et al. 2016), Unigram (the likeliest pieces; Kudo 2018) or looked up whole. What has
 * no piece is left out, as model2vec leaves out the token for unknown words. Throws `UnknownRule`.
 */
export function pieceTokenizer(json: Entry): (text: string) => string[] {
  const model = entryOf(json.model) ?? {}
  const [normalize, split, cut] = [
    normalizerOf(json.normalizer),
    splitterOf(json.pre_tokenizer),
    cutOf(model),
  ]
  return text => split(normalize(text)).flatMap(cut)
}

/** Old files do not name their model. */
function cutOf(model: Entry): Cut {
  const { type = Array.isArray(model.vocab) ? 'Unigram' : 'WordPiece' } = model
  if (type === 'WordPiece') return wordPiece(model)
  if (type === 'Unigram') return unigram(model)
  if (type === 'WordLevel') return wordLevel(model)
  throw new UnknownRule('model', { type })
}

function wordLevel({ vocab, unk_token: unknown }: Entry): Cut {
  const known = new Set(Object.keys(entryOf(vocab) ?? {}))
  return word => (known.has(word) && word !== unknown ? [word] : [])
}

function wordPiece(model: Entry): Cut {
  const known = new Set(Object.keys(entryOf(model.vocab) ?? {}))
  const prefix = String(model.continuing_subword_prefix ?? '##')
  const longest = Number(model.max_input_chars_per_word ?? 100)
  return word => {
    const characters = [...word]
    const pieces: string[] = []
    if (characters.length > longest) return []
    for (let start = 0, end = characters.length; start < characters.length; end = characters.length) {
      const pieceTo = (to: number) => (start > 0 ? prefix : '') + characters.slice(start, to).join('')
      while (end > start && !known.has(pieceTo(end))) end--
      if (end === start) return []
      pieces.push(pieceTo(end))
      start = end
    }
    return pieces.filter(piece => piece !== model.unk_token)
  }
}

/** A character without a piece costs as much as this below the least likely piece. */
const UNKNOWN_COST = 10

function unigram({ vocab, unk_id: unknownId }: Entry): Cut {
  const scores = new Map<string, number>()
  for (const [id, entry] of (Array.isArray(vocab) ? vocab : []).entries())
    if (id !== unknownId && Array.isArray(entry)) scores.set(String(entry[0]), Number(entry[1]))
  let [longest, least] = [1, 0]
  for (const [piece, score] of scores) {
    longest = Math.max(longest, piece.length)
    least = Math.min(least, score)
  }
  return word => likeliest([...word], scores, longest, least - UNKNOWN_COST)
}

/** Viterbi: the pieces whose scores have the greatest sum, without characters that have none. */
function likeliest(
  characters: readonly string[],
  scores: ReadonlyMap<string, number>,
  longest: number,
  unknown: number,
): string[] {
  const best = [{ score: 0, from: 0, piece: '' }]
  for (let end = 1; end <= characters.length; end++) {
    let chosen = { score: best[end - 1]!.score + unknown, from: end - 1, piece: '' }
    let piece = ''
    for (let from = end - 1; from >= 0; from--) {
      piece = characters[from] + piece
      if (piece.length > longest) break
      const own = scores.get(piece)
      const score = own === undefined ? Number.NEGATIVE_INFINITY : best[from]!.score + own
      if (score > chosen.score) chosen = { score, from, piece }
    }
    best.push(chosen)
  }
  const pieces: string[] = []
  for (let end = characters.length; end > 0; end = best[end]!.from)
    if (best[end]!.piece !== '') pieces.unshift(best[end]!.piece)
  return pieces
}
