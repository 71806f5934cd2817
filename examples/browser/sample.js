// Fills the box with sentences from a small grammar, for people without a text to paste.
const kinds = [
  [
    'the WHO and the WHO RULE',
    { WHO: 'king queen prince princess duke', RULE: 'rule reign feast hunt dance' },
  ],
  [
    'for MEAL we eat DISH with DISH',
    { MEAL: 'breakfast lunch dinner supper', DISH: 'bread cheese soup rice eggs' },
  ],
  [
    'the CRAFT sails past the SHORE',
    { CRAFT: 'boat ship canoe ferry raft', SHORE: 'harbour island cliff beach bay' },
  ],
  [
    'in SEASON the PLANT DO',
    { SEASON: 'spring summer autumn', PLANT: 'roses tulips oaks ferns', DO: 'bloom grow fade' },
  ],
]
const pick = words => words[Math.floor(Math.random() * words.length)]

document.getElementById('sample').onclick = () => {
  const sentences = Array.from({ length: 3000 }, () => {
    const [sentence, words] = pick(kinds)
    return sentence.replace(/[A-Z]+/g, place => pick(words[place].split(' ')))
  })
  document.getElementById('text').value = sentences.join('\n')
}
