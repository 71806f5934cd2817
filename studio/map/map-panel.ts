import { element } from '../element.js'
import { analogyPart } from './analogy-part.js'
import { colorPart } from './color-part.js'
import { filePart } from './file-part.js'
import type { MapModel } from './map-model.js'
import type { MapStages } from './map-stages.js'
import { otherPart } from './other-part.js'
import type { PanelPart } from './panel.js'
import { picturePart } from './picture-part.js'
import { searchBox } from './search-box.js'
import { sightPart } from './sight-part.js'
import { wordCard } from './word-card.js'

const IN_SIGHT = 40

/** What stands beside the map: search, the selected word, and everything that can be changed. */
export function mapPanel(model: MapModel, stages: MapStages): PanelPart {
  const actions = {
    choose: async (id: number) => {
      await model.select(id)
      stages.bringCompany()
    },
    forget: () => model.forget(),
    showAll: () => stages.showCompany(),
    inks: () => stages.inks,
    suggest: (text: string) => model.suggest(text),
    find: (word: string) => model.find(word),
    word: (id: number) => model.state.words?.word(id) ?? '',
    missing: (word: string) => model.fail(`“${word}” is not among these words.`),
    ask: async (a: number, b: number, c: number) => {
      await model.ask(a, b, c)
      stages.bringCompany()
    },
    forgetAnalogy: () => model.change({ analogy: undefined }),
    usePicture: (picture: 'pca' | 'umap') => void model.usePicture(picture),
    useMapped: (count: number) => void model.useMapped(count),
    stop: () => model.stop(),
    colorBy: (kind: 'cluster' | 'frequency' | 'table') => model.change({ colorBy: kind }),
    openTable: (file: File) => void model.openTable(file),
    openOther: (file: File) => void model.openOther({ name: file.name, file }),
    closeOther: () => model.change({ other: undefined }),
    open: (file: File) => void model.open(file),
    useLimit: (limit: number) => void model.useLimit(limit),
    savePng: () => void stages.savePng().catch(error => model.fail(String(error))),
    saveSvg: () => stages.saveSvg(),
    wordsInSight: () => stages.wordsInSight(IN_SIGHT),
  }
  const search = searchBox('map-search', 'Find a word', actions)
  const failure = element('p', { class: 'failure', role: 'alert', id: 'map-failure' })
  const sight = sightPart(actions)
  stages.onMoved = sight.refresh
  const parts: readonly PanelPart[] = [
    wordCard(actions),
    analogyPart(actions),
    picturePart(actions),
    colorPart(actions),
    otherPart(actions),
    filePart(actions),
    sight,
  ]
  return {
    element: element(
      'aside',
      { class: 'map-panel', 'aria-label': 'About the map' },
      search.element,
      failure,
      ...parts.map(part => part.element),
    ),
    update: state => {
      failure.textContent = state.failure ?? ''
      failure.hidden = state.failure === undefined
      search.update(state)
      for (const part of parts) part.update(state)
    },
  }
}
