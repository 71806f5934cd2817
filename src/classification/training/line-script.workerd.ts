import type { InPlaceScript, Script } from '../../threads/index.js'
import { lineService } from './line-service.js'

export const lineScript: Script = { service: lineService() as InPlaceScript['service'] }
