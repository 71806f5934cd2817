import { testPageIn } from '../docs/strict-types.js'

// Not among the packages of the project: it has a `tsc` as well.
const folder = process.env.TYPESCRIPT_5
testPageIn('TypeScript 5', folder && `${folder}/lib/typescript.js`)
