import { optionsOf, optionTable, type TrainingOptions } from 'wordloom/training'

export type Combination = Pick<
  TrainingOptions,
  'architecture' | 'objective' | 'bag' | 'bagGradient' | 'subwords'
>

/** Every way to train that the options allow: made from their table, so that none can be forgotten. */
export const combinations: readonly Combination[] = optionTable.architecture.choices.flatMap(architecture =>
  optionTable.objective.choices.flatMap(objective =>
    optionTable.bag.choices.flatMap(bag =>
      optionTable.bagGradient.choices.flatMap(bagGradient =>
        (bag === 'sum' ? [false] : [false, true]).map(subwords => ({
          architecture,
          objective,
          bag,
          bagGradient,
          subwords,
        })),
      ),
    ),
  ),
)

/** Those in which nothing but architecture and objective was chosen, one for each two of them. */
export const plainCombinations = combinations.filter(isPlain)
export const furtherCombinations = combinations.filter(combination => !isPlain(combination))

function isPlain({ bag, bagGradient, subwords }: Combination): boolean {
  return bag === optionTable.bag.default && bagGradient === optionTable.bagGradient.default && !subwords
}

export function nameOf({ architecture, objective, bag, bagGradient, subwords }: Combination): string {
  return [architecture, objective, bag, bagGradient, subwords ? 'sub-words' : 'words'].join(', ')
}

/** What was chosen in a combination: the values that are not defaults. */
export function chosenIn(combination: Combination): Partial<Combination> {
  const isChosen = ([name, value]: [string, unknown]) =>
    value !== optionTable[name as keyof Combination].default
  return Object.fromEntries(Object.entries(combination).filter(isChosen))
}

/** The error with which training refuses a combination, whose options are at odds or have no effect together. */
export function refusalOf(combination: Combination): Error | undefined {
  try {
    optionsOf(chosenIn(combination))
    return undefined
  } catch (error) {
    return error as Error
  }
}
