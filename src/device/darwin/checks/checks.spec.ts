import { darwinWell } from '../../../../test/checks/darwin-well'
import { survivesEverything } from '../../../../test/checks/survives'
import { darwinChecks } from '.'

survivesEverything('macOS', darwinChecks, darwinWell)
