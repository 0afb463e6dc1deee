/** Flushing connection tracking entries by address. */
import { decodeConntrack, encodeConntrackDump } from '../codec/conntrack.ts';
import { canonicalAddress } from '../inet.ts';
import type { Family } from '../state.ts';
import { type Connection, DumpError } from './connection.ts';
import { missing } from './errno.ts';

async function flushFamily(
  connection: Connection,
  family: Family,
  wanted: ReadonlySet<string>,
): Promise<number> {
  const entries = (await connection.dump(encodeConntrackDump(family)))
    .map(({ body }) => decodeConntrack(body))
    .filter(({ addresses }) => addresses.some((address) => wanted.has(address)));
  const { refused } = await connection.exchange(entries.map(({ remove }) => remove));
  for (const answer of refused.values()) {
    // An entry may have ended by itself in the meantime.
    if (!missing.has(answer.errno)) throw new DumpError(answer);
  }
  return entries.length - refused.size;
}

/** Deletes every entry with one of the addresses in a tuple; only the families concerned are read. */
export async function flushEntries(
  connection: Connection,
  addresses: readonly string[],
): Promise<number> {
  const wanted = new Set(addresses.map(canonicalAddress));
  let flushed = 0;
  for (const family of ['inet', 'inet6'] as const) {
    const concerned = [...wanted].some((one) => one.includes(':') === (family === 'inet6'));
    if (concerned) flushed += await flushFamily(connection, family, wanted);
  }
  return flushed;
}
