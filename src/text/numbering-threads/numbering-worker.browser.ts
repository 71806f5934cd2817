import { serve } from '../../threads/inner.browser.js'
import { numberingService } from './numbering-service.js'

serve(numberingService)
