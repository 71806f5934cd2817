import { Combobox } from './combobox.js'
import type { MapModel } from './map-model.js'

/** A field for a word of the open vectors. */
export function wordBox(
  model: MapModel,
  field: { readonly id: string; readonly label: string; readonly placeholder: string },
  take: (id: number) => void,
): Combobox<number> {
  return new Combobox({
    ...field,
    suggest: text => model.suggest(text),
    textOf: id => model.word(id),
    take,
    missing: word => model.failToFind(word),
  })
}
