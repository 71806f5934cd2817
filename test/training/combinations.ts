import { optionTable, type TrainingOptions } from 'wordloom/training'

export type Combination = Pick<TrainingOptions, 'architecture' | 'objective' | 'bag' | 'bagGradient'>

/** Every way to train that the options allow: made from their table, so that none can be forgotten. */
export const combinations: readonly Combination[] = optionTable.architecture.choices.flatMap(architecture =>
  optionTable.objective.choices.flatMap(objective =>
    optionTable.bag.choices.flatMap(bag =>
      optionTable.bagGradient.choices.map(bagGradient => ({ architecture, objective, bag, bagGradient })),
    ),
  ),
)

export function nameOf({ architecture, objective, bag, bagGradient }: Combination): string {
  return [architecture, objective, bag, bagGradient].join(', ')
}
