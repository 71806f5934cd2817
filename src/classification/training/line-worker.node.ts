import { serve } from '../../threads/inner.node.js'
import { lineService } from './line-service.js'

serve(lineService())
