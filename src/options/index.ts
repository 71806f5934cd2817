export { checkGiven, completed, faultOf, fits, isUnbounded, mustBe, rangeOf, valuesOf } from './check.js'
export {
  type ChoiceOption,
  type Complete,
  choice,
  type FlagOption,
  flag,
  type Given,
  integer,
  type Names,
  type NumbersOption,
  type NumericOption,
  number,
  numbers,
  type Option,
  type OptionTable,
  type OtherNames,
  type Range,
  type TextOption,
  text,
  UNBOUNDED,
  type ValueOf,
  type WordsOption,
  words,
} from './kinds.js'
export { checkArray, checkNames, kindOf, namesakeIn } from './names.js'
export { byNearness, distance } from './spelling.js'
