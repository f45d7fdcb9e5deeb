import { z } from 'zod'

/** A renderer tells main something; no answer. */
export interface Send<A extends z.ZodType> {
  readonly verb: 'send'
  readonly argument: A
}
/** A renderer asks main for one thing and waits. */
export interface Invoke<A extends z.ZodType, R extends z.ZodType> {
  readonly verb: 'invoke'
  readonly argument: A
  readonly result: R
}
/** Main replaces a whole small state in a renderer. The newest one is sent at once to who subscribes. */
export interface Notify<P extends z.ZodType> {
  readonly verb: 'notify'
  readonly payload: P
}
export type Call = Send<z.ZodType> | Invoke<z.ZodType, z.ZodType> | Notify<z.ZodType>
export type Group = Readonly<Record<string, Call>>
export type Schema = Readonly<Record<string, Group>>

export const send = <A extends z.ZodType>(argument: A): Send<A> => ({ verb: 'send', argument })
export const invoke = <A extends z.ZodType, R extends z.ZodType>(argument: A, result: R): Invoke<A, R> => ({
  verb: 'invoke',
  argument,
  result
})
export const notify = <P extends z.ZodType>(payload: P): Notify<P> => ({ verb: 'notify', payload })

/** For calls without an argument. */
export const nothing = z.undefined()
