import { sizeOf } from './cidr-size.ts';
import type { VnicRecords } from './manager-contract.ts';
import { tokenPrefix } from './ownership.ts';
import { type OrderedChange, type RecordDocument, readRecords } from './record-document.ts';

/** What was ordered and is not known to be done, durable before the call is made. */
export interface Journal {
  /** The records are of an earlier process; else nothing is known of what was ordered before. */
  readonly found: boolean;
  /** See `RecordDocument`. */
  doubt(): RecordDocument['doubt'];
  ordered(): readonly OrderedChange[];
  leaving(): ReadonlySet<string>;
  /** Sets or ends the doubt; saved with what is remembered next. */
  setDoubt(doubt: RecordDocument['doubt']): void;
  /** What the cloud said to an earlier process. */
  cached(): RecordDocument['cloud'];
  /** Books a change under a new retry token. */
  order(change: OrderedChange['change']): Promise<OrderedChange>;
  /** The change is done, or certainly is not. */
  settle(token: string): Promise<void>;
  /** Books what is told to go. */
  leave(ids: readonly string[]): Promise<void>;
  /** It stays after all, or nobody shows it any more. */
  forget(ids: readonly string[]): Promise<void>;
  remember(cloud: NonNullable<RecordDocument['cloud']>): Promise<void>;
}

/** Reads the records once; writes one after the other. */
export async function openJournal(
  records: VnicRecords,
  instanceId: string,
  series: string,
): Promise<Journal> {
  const { document, found } = readRecords(await records.load(), instanceId, series);
  const leaving = new Set(document.leaving);
  let saved = JSON.stringify(document);
  let writing: Promise<void> = Promise.resolve();

  const save = (): Promise<void> => {
    document.leaving = [...leaving];
    const text = JSON.stringify(document);
    if (text === saved) return writing;
    saved = text;
    const write = async (): Promise<void> => records.save(text);
    writing = writing.then(write, write);
    return writing;
  };

  return {
    found,
    doubt: () => document.doubt,
    setDoubt(doubt) {
      if (doubt) document.doubt = doubt;
      else delete document.doubt;
    },
    ordered: () => document.ordered,
    leaving: () => leaving,
    cached: () => document.cloud,
    async order(change) {
      document.sequence += 1;
      const token = `${tokenPrefix}${document.series}-${document.sequence}`;
      const where = change.op === 'attach' ? {} : { vnicId: change.vnicId, family: change.family };
      const entry = { token, ...where, ...sizeOfChange(change), change };
      document.ordered = [...document.ordered, entry];
      await save();
      return entry;
    },
    settle(token) {
      document.ordered = document.ordered.filter((entry) => entry.token !== token);
      return save();
    },
    leave(ids) {
      for (const id of ids) leaving.add(id);
      return save();
    },
    forget(ids) {
      for (const id of ids) leaving.delete(id);
      return save();
    },
    remember(cloud) {
      document.cloud = cloud;
      return save();
    },
  };
}

function sizeOfChange(change: OrderedChange['change']): { objects: number; addresses: number } {
  if (change.op === 'attach') return { objects: 1, addresses: 0 };
  if (change.op === 'assign-many') return { objects: change.count, addresses: change.count };
  const { family, cidrPrefixLength } = change;
  const bits = family === 'inet' ? 32 : 128;
  return { objects: 1, addresses: sizeOf(cidrPrefixLength ?? bits, bits) };
}
