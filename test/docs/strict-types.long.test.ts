import { testPageIn } from './strict-types.js'

testPageIn('TypeScript 6', 'typescript')
