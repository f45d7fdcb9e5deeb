import { linuxWell } from '../../../../test/checks/linux-well'
import { survivesEverything } from '../../../../test/checks/survives'
import { linuxChecks } from '.'

survivesEverything('Linux', linuxChecks, linuxWell)
