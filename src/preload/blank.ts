import { expose } from './expose'

expose('blank')
