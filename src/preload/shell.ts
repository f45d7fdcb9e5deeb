import { expose } from './expose'

expose('shell')
