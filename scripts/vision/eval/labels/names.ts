import { DataError } from '../data-error'
import type { ObjectQuestion } from './truth'

/** Class names, as annotators write them, by what they are to a desk. */
const known: Readonly<Record<ObjectQuestion, readonly string[]>> = {
  phone: ['cell phone', 'cellphone', 'mobile phone', 'smartphone', 'phone'],
  book: ['book', 'notebook'],
  people: ['person', 'people', 'second person', 'second-person'],
  screen: ['laptop', 'tablet', 'tv', 'television', 'monitor', 'screen', 'second-screen']
}

/** Which question a class name belongs to; null for one that no question is about. */
export const questionOf = (name: string): ObjectQuestion | null => {
  const lower = name.trim().toLowerCase()
  const found = Object.entries(known).find(([, names]) => names.includes(lower))
  return (found?.[0] as ObjectQuestion | undefined) ?? null
}

/** The same for a name that has to mean something here. Throws `DataError` with the names that do. */
export const questionNamed = (name: string, where: string): ObjectQuestion => {
  const question = questionOf(name)
  if (question === null)
    throw new DataError(
      `${where}: "${name}" is not a class that is measured. Write one of: ${Object.values(known).flat().join(', ')}.`
    )
  return question
}

/** Whether somebody looked for every kind of screen, when a picture says what was looked for. */
export const screensLookedFor = (
  exhaustiveFor: string | undefined,
  categories: readonly string[]
): boolean => {
  const listed = exhaustiveFor === undefined ? categories : exhaustiveFor.split(',')
  if (exhaustiveFor !== undefined && /^\s*all\b/i.test(exhaustiveFor)) return true
  const names = listed.map((name) => name.trim().toLowerCase())
  return ['laptop', 'tv'].every((name) => names.includes(name))
}
