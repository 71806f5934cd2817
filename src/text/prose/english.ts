const MIN_WORDS = 5
const MIN_FUNCTION_WORDS = 0.15
const MAX_SYMBOLS = 0.04
const MAX_CHARACTERS = 5000 // a longer one is data; patterns below also stay quick on it

/** The words that English sentences are held together by. */
const FUNCTION_WORDS = new Set(
  (
    'the a an of to in is it and or for on with as be by that this are from not if at will can which when has ' +
    'you your have should must may no all any we its into was use used only but they than then so do does ' +
    'there these those their one more other how what where while each between'
  ).split(' '),
)

const BOILERPLATE =
  /copyright|licen[sc]ed? (under|to|agreement)|permission is|without warrant|warranties|redistribut|merchantab|rights reserved|apache license|sublicense|liable for|gnu general/i
const DIRECTIVE =
  /^(eslint|jshint|jslint|istanbul|c8 |v8 |prettier|biome-|webpack|global |globals |language: |ts-|#|<reference|sourceMapping|@ts)/i

/**
 * A paragraph as words of English: no links' targets, tags, marks or calls of functions. Empty where what is
 * left is code, a licence, or not English.
 */
export function englishOf(paragraph: string): string {
  if (paragraph.length > MAX_CHARACTERS || DIRECTIVE.test(paragraph.trimStart())) return ''
  const text = withoutMarkup(paragraph)
  return isEnglish(text) ? text : ''
}

function withoutMarkup(paragraph: string): string {
  return paragraph
    .replaceAll('\\`', '`')
    .replace(/!\[[^\]]{0,300}\](\([^)]{0,500}\)|\[[^\]]{0,300}\])?/g, ' ')
    .replace(/\[([^\]]{0,300})\]\([^)]{0,500}\)/g, '$1')
    .replace(/\[([^\]]{1,300})\]\[[^\]]{0,300}\]/g, '$1')
    .replace(/\b[a-z][a-z0-9+.-]{0,15}:\/\/\S+|\bwww\.\S+|[^\s@]{1,64}@\S{1,64}\.\w+/gi, ' ')
    .replace(/<\/?[a-z][^>]{0,300}>/gi, ' ')
    .replace(/``?([^`]{0,300})``?/g, (_, code: string) =>
      /^['"]?[a-z][\w-]*(['"]|\(\))?$/i.test(code) ? code : ' ',
    )
    .replace(/&(lt|gt|amp|quot|nbsp|#\d{1,7}|#x[\da-f]{1,6});/gi, ' ')
    .replace(/\b([\w$]{1,80})\(\)/g, '$1')
    .replace(/\b[\w$]{1,80}\([^()]{0,300}\)/g, ' ')
    .replace(/[*~]+|(?<!\w)_{1,9}|_{1,9}(?!\w)/g, '')
    .replace(/\s+/g, ' ')
    .trim()
}

function isEnglish(text: string): boolean {
  const words = text.toLowerCase().match(/[a-z']+/g) ?? []
  if (words.length < MIN_WORDS || BOILERPLATE.test(text)) return false
  const functionWords = words.filter(word => FUNCTION_WORDS.has(word)).length
  const symbols = text.match(/[{}()[\];=<>|\\$#@^&+/]/g)?.length ?? 0
  return functionWords >= words.length * MIN_FUNCTION_WORDS && symbols <= text.length * MAX_SYMBOLS
}
