import { optional, text } from '../schema/fields.js'

export const modelField = optional(text('name of the model; it may be missing if there is only one', 512))
