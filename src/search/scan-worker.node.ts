import { serve } from '../threads/inner.node.js'
import { scanService } from './scan-service.js'

serve(scanService)
