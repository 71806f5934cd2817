import { serve } from '../threads/inner.browser.js'
import { scanService } from './scan-service.js'

serve(scanService)
