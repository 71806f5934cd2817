import type { PageWord } from 'wordloom/map'
import type { Place, Size } from '../map/camera.js'

/** The map as words were laid out on it; a screen higher than wide gets it with x and y exchanged. */
export class Frame {
  readonly isUpright: boolean
  readonly #size: Size

  constructor(size: Size, isUpright: boolean) {
    this.isUpright = isUpright
    this.#size = size
  }

  /** How far the map reaches to each side of its middle. */
  get extent(): Place {
    const { width, height } = this.#size
    return this.#turned({ x: width / 2, y: height / 2 })
  }

  /** Where a point of the map stands, seen from the middle. */
  placeOf({ x, y }: Place): Place {
    const { width, height } = this.#size
    return this.#turned({ x: x - width / 2, y: y - height / 2 })
  }

  /** The least scale at which a word is more than a dot. */
  scaleOf({ scales: [level, upright] }: PageWord): number {
    return this.isUpright ? upright : level
  }

  #turned({ x, y }: Place): Place {
    return this.isUpright ? { x: y, y: x } : { x, y }
  }
}
