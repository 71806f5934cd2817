import type { InPlaceScript, Script } from '../../threads/index.js'
import { trainingService } from './training-service.js'

export const threadScript: Script = { service: trainingService() as InPlaceScript['service'] }
