import type { z } from 'zod'
import type { Invoke, Notify, Schema, Send } from './call'

type Arguments<A extends z.ZodType> = undefined extends z.input<A> ? [] : [argument: z.input<A>]

/** What a window's preload exposes: one function per call, nothing else. */
export type WindowApi<G> = {
  readonly [K in keyof G]: G[K] extends Send<infer A>
    ? (...argument: Arguments<A>) => void
    : G[K] extends Invoke<infer A, infer R>
      ? (...argument: Arguments<A>) => Promise<z.output<R>>
      : G[K] extends Notify<infer P>
        ? (listener: (payload: z.output<P>) => void) => () => void
        : never
}

/** What main must answer, with arguments that passed their validator. */
export type Handlers<G> = {
  readonly [K in keyof G as G[K] extends Notify<z.ZodType> ? never : K]: G[K] extends Send<infer A>
    ? (argument: z.output<A>) => void
    : G[K] extends Invoke<infer A, infer R>
      ? (argument: z.output<A>) => Promise<z.input<R>>
      : never
}

/** What main can tell a window. */
export type Notifiers<G> = {
  readonly [K in keyof G as G[K] extends Notify<z.ZodType> ? K : never]: G[K] extends Notify<infer P>
    ? (payload: z.input<P>) => void
    : never
}

export type ApiOf<S extends Schema, K extends keyof S> = WindowApi<S[K]>
