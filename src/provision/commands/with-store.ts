import { Command } from 'commander'
import { openStore, type Database } from '../../hub/store/index'
import { ProvisionError } from '../problem'

/** Where the store is: the hub's data folder, or the PostgreSQL of DATABASE_URL. */
export interface StoreFlags {
  readonly data?: string
}

/** Runs `work` on the store beside a hub that may be running, and closes it again. */
export async function withStore<T>(flags: StoreFlags, work: (db: Database) => Promise<T>): Promise<T> {
  const databaseUrl = process.env['DATABASE_URL']
  if (flags.data === undefined && databaseUrl === undefined) {
    throw new ProvisionError('Name the hub’s data folder with --data, or set DATABASE_URL.')
  }
  const store = await openStore({ dataFolder: flags.data ?? '.', databaseUrl, as: 'visitor', connections: 2 })
  try {
    return await work(store.db)
  } finally {
    await store.close()
  }
}

/** A command that needs the store. */
export const storeCommand = (name: string, description: string): Command =>
  new Command(name).description(description).option('--data <folder>', 'the hub’s data folder')

/** Says on standard output what was done. */
export const say = (text: string): void => {
  process.stdout.write(`${text}\n`)
}
