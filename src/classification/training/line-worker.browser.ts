import { serve } from '../../threads/inner.browser.js'
import { lineService } from './line-service.js'

serve(lineService())
