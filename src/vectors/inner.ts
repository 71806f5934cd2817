export { type AnswersWanted, answersWanted, BestAnswers } from './best-answers.js'
export { threeCosMul } from './methods.js'
export { directionOf, type ResolvedTerm, resolve } from './query.js'
export { nearSpellings } from './suggestions.js'
