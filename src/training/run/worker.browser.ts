import { serve } from '../../threads/inner.browser.js'
import { trainingService } from './training-service.js'

serve(trainingService())
