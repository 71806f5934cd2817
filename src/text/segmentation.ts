import { sha256 } from '../files/index.js'
import { segmentRun } from './scanning/segments.js'
import type { Vocabulary } from './vocabulary/vocabulary.js'

/** A sentence for each dictionary of Intl.Segmenter, and the characters that it cuts. */
const dictionaries = [
  ['thai', /^[\u0e00-\u0e7f]/, 'มนุษย์ทั้งหลายเกิดมามีอิสระและเสมอภาคกันในเกียรติศักดิ์และสิทธิต่างมีเหตุผลและมโนธรรม'],
  ['lao', /^[\u0e80-\u0eff]/, 'ມະນຸດທຸກຄົນເກີດມາມີກຽດສັກສີສິດທິເສລີພາບແລະຄວາມສະເໝີພາບເທົ່າທຽມກັນວັດທະນະທໍາທີ່ຫຼາກຫຼາຍ'],
  [
    'khmer',
    /^[\u1780-\u17ff\u19e0-\u19ff]/,
    'មនុស្សទាំងអស់កើតមកមានសេរីភាពនិងភាពស្មើគ្នាក្នុងសេចក្តីថ្លៃថ្នូរប្រទេសកម្ពុជាសិស្សសាលារៀនភាសាខ្មែរជារៀងរាល់ថ្ងៃ',
  ],
  [
    'burmese',
    /^[\u1000-\u109f\ua9e0-\ua9ff\uaa60-\uaa7f]/,
    'လူတိုင်းသည်တူညီလွတ်လပ်သောဂုဏ်သိက္ခာဖြင့်လည်းကောင်းအခွင့်အရေးများဖြင့်လည်းကောင်းမွေးဖွားလာသည်',
  ],
  [
    'chinese-japanese',
    /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u,
    '人人生而自由在尊严和权利上一律平等すべての人間は生まれながらにして自由でありかつ尊厳と権利とについて平等である',
  ],
] as const

/** The first byte of the characters of all these scripts is this one or a greater one. */
const LEAST_BYTE = 0xe0

/**
 * The dictionaries of the engine that cut words of a vocabulary, by name, each with a mark of how it cuts a sentence.
 * Engines whose marks are the same most likely cut a text alike; engines whose marks differ may not.
 */
export function segmentationOf(vocabulary: Vocabulary): Record<string, string> {
  const unseen = new Set(dictionaries)
  const marks: Record<string, string> = {}
  for (let id = 0; id < vocabulary.size && unseen.size > 0; id++) {
    if ((vocabulary.bytes(id)[0] ?? 0) < LEAST_BYTE) continue
    const word = vocabulary.word(id)
    for (const dictionary of unseen) {
      const [name, characters, sample] = dictionary
      if (!characters.test(word)) continue
      marks[name] = markOf(sample)
      unseen.delete(dictionary)
    }
  }
  return Object.fromEntries(Object.entries(marks).sort(([a], [b]) => (a < b ? -1 : 1)))
}

function markOf(sample: string): string {
  const ends: number[] = []
  segmentRun(new TextEncoder().encode(sample), false, (_, end) => void ends.push(end))
  const digest = sha256()
  digest.update(new TextEncoder().encode(ends.join(' ')))
  return digest.finish().slice(0, 8)
}
