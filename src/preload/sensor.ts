import { expose } from './expose'

expose('sensor')
