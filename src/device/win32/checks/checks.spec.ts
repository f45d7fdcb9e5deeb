import { survivesEverything } from '../../../../test/checks/survives'
import { win32Well } from '../../../../test/checks/win32-well'
import { win32Checks } from '.'

survivesEverything('Windows', win32Checks, win32Well)
