import { SpoolFile } from '../../files/inner.js'
import { serve } from '../../threads/inner.node.js'
import { trainingService } from './training-service.js'

serve(trainingService(SpoolFile.over))
