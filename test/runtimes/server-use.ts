/** Prints what a server answers, in every runtime with files and threads. */
import { serverAnswers } from './server-answers.js'

console.log(JSON.stringify(await serverAnswers()))
