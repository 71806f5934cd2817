import { serve } from '#threads/inner.node'
import { testService } from './test-service.js'

serve(testService)
