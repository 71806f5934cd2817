import type { Vocabulary } from '../text/index.js'

/** Function words of a language, those that few other languages have among its commonest. */
const functionWords: Readonly<Record<string, string>> = {
  English:
    'the of and to in is that it was for with as his on be at by had not are but from or have they which a this with you',
  German:
    'der die und den das von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie ich',
  French:
    'de la le et les des en un du une que est pour qui dans par plus au sur ne se pas il elle sont avec ce cette',
  Spanish: 'de la que el en y los del se las por un para con una su al lo como más pero sus le ya este',
  Portuguese: 'de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao das',
  Italian: 'di e il la che per un in è del della con non una si da sono le dei nel alla gli più come anche',
  Catalan: 'de la i el que en els les del per un amb una és dels al se no més van han va aquest',
  Romanian: 'de și în la a care cu o pe din un nu să se că este mai au sau ca fost lui prin',
  Dutch: 'de van het een en in is dat op te zijn met voor niet aan er om ook als was door naar bij',
  Swedish: 'och i att det som en på är av för med den till inte om ett har de han var jag från',
  'Danish or Norwegian': 'og i det at en den til er som på de med for ikke af av et har var jeg han fra',
  Finnish: 'ja on ei että se oli hän mutta kun ovat myös niin joka tai olla sen ole mitä',
  Hungarian: 'a az és hogy nem is egy volt meg ez de ha csak már mint vagy még el azt',
  Polish: 'i w na z się nie do że to jest o jak po a ale od za tak co jego był przez',
  Czech: 'a se v na je že o s z do i to jako by za ve pro ale si byl od které',
  Turkish: 've bir bu da de için ile ne o gibi daha çok olarak kadar olan ama sonra ben',
  Indonesian: 'yang dan di itu dengan untuk tidak ini dari dalam akan pada juga ke karena ada oleh',
  Vietnamese: 'và của là có được các cho trong không với một người này những đã để năm khi',
  Russian: 'и в не на я что он с как это но по а из к у его за то она же от был так о все',
  Ukrainian: 'і в не на що я з та як це до він за у але від його є про був вона так її',
  Bulgarian: 'и на да в се е от за не с че си по ще са това като беше който но му',
  Greek: 'και το του η της την ο να με που για από τα των στο είναι στην δεν τον οι θα',
  Arabic: 'من في على إلى أن عن ما لا هذا التي كان مع هذه الذي و ذلك بين كل هو لم',
  Persian: 'و در به از که این را با است برای آن یک خود تا بر هم نیز می',
  Hebrew: 'של את על לא הוא זה עם כי גם היא אני או אל יש היה מה כל אם',
  Hindi: 'के में की है और से का को पर ने हैं कि यह एक भी नहीं था इस लिए तो',
  Chinese: '的 了 是 在 不 我 有 他 这 這 之 也 人 一 说 說 来 來 就 曰 你 上 和',
  Japanese: 'の に は を た が で て と し れ も な さ から する いる ます です',
}

/** A language has this share of the text in its function words, and one beside it half of it. */
const LEAST = 0.06
const BESIDE = 0.03
const MOST_NAMED = 3

export interface LanguageShare {
  readonly language: string
  /** Tokens that are among its commonest words, of all tokens. */
  readonly functionWords: number
}

/**
 * Languages whose commonest words the text has, most of them first: a language beside the first is judged by those that
 * the ones before it lack. None are named if there are few such words, since that tells nothing.
 */
export function languagesIn(vocabulary: Vocabulary): LanguageShare[] {
  const counts = countsByLanguage(vocabulary)
  const taken = new Set<string>()
  const found: LanguageShare[] = []
  while (found.length < MOST_NAMED && counts.size > 0) {
    const [language, words] = [...counts].reduce((best, one) =>
      sumOf(one, taken) > sumOf(best, taken) ? one : best,
    )
    const share = sumOf([language, words], taken) / vocabulary.tokens
    if (share < (found.length === 0 ? LEAST : BESIDE)) break
    found.push({ language, functionWords: share })
    for (const word of words.keys()) taken.add(word)
    counts.delete(language)
  }
  return found
}

type Counts = readonly [language: string, words: ReadonlyMap<string, number>]

function countsByLanguage(vocabulary: Vocabulary): Map<string, ReadonlyMap<string, number>> {
  const countOf = (word: string) => {
    const id = vocabulary.idOf(word)
    return id === undefined ? 0 : vocabulary.counts[id]!
  }
  const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)
  return new Map(
    Object.entries(functionWords).map(([language, words]) => [
      language,
      new Map(
        words
          .split(' ')
          .map(word => [word, countOf(word) + (capital(word) === word ? 0 : countOf(capital(word)))]),
      ),
    ]),
  )
}

function sumOf([, words]: Counts, taken: ReadonlySet<string>): number {
  let sum = 0
  for (const [word, count] of words) if (!taken.has(word)) sum += count
  return sum
}
