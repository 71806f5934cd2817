import { serve } from '../../threads/inner.node.js'
import { numberingService } from './numbering-service.js'

serve(numberingService)
