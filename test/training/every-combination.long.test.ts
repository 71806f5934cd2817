import { furtherCombinations } from './combinations.js'
import { testLearning } from './learning.js'

testLearning(furtherCombinations)
