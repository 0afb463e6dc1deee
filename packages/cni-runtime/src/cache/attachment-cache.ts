import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import { cacheFileName, parseCacheFile, printCacheFile } from './cache-file.ts';
import type { AttachmentKey, CachedAttachment } from './cached-attachment.ts';
import { temporaryFile, writeAtomically } from './write-atomically.ts';

/** What ADD answered, kept until DEL in one file an attachment. */
export interface AttachmentCache {
  /** Undefined if nothing is kept. Throws CniError 6 for a file that cannot be used, 5 for one that cannot be read. */
  read(key: AttachmentKey): Promise<CachedAttachment | undefined>;
  /** Before an ADD: throws CniError 7 if the file is that of another attachment, 100 if it was added before. */
  claim(key: AttachmentKey): Promise<void>;
  write(entry: CachedAttachment): Promise<void>;
  /** Nothing kept is no error. */
  remove(key: AttachmentKey): Promise<void>;
  list(): Promise<{ attachments: CachedAttachment[]; unreadable: CniError[] }>;
}

/**
 * The cache in `<folder>/results`, which programs built on libcni share. The name of a file is ambiguous
 * (network `a`, container `b-c`; network `a-b`, container `c`): what belongs to another attachment is not read
 * and not removed. (libcni overwrites it.)
 */
export function createAttachmentCache(folder: string): AttachmentCache {
  const results = join(folder, 'results');
  const fileOf = (key: AttachmentKey) => join(results, cacheFileName(key));

  const load = async (key: AttachmentKey) => {
    const file = fileOf(key);
    const bytes = await readIfThere(file);
    if (!bytes) return undefined;
    const entry = { ...key, ...parseCacheFile(bytes, file) };
    return { entry, own: isSame(entry, key), file };
  };
  // A file that cannot be used belongs to nobody, so it may go.
  const holder = (key: AttachmentKey) =>
    load(key).catch((error) => {
      if (CniError.is(error) && error.code === ErrorCode.IoFailure) throw error;
    });

  return {
    async read(key) {
      const found = await load(key);
      return found?.own ? found.entry : undefined;
    },
    async claim(key) {
      const found = await holder(key);
      if (found) throw found.own ? added(found.file, key) : taken(found.file, found.entry);
    },
    async write(entry) {
      const file = fileOf(entry);
      await writeAtomically(file, printCacheFile(entry)).catch((error) => {
        throw ioFailure('write', file, error);
      });
    },
    async remove(key) {
      const found = await holder(key);
      if (found && !found.own) return;
      const file = fileOf(key);
      for (const one of [file, temporaryFile(file)]) {
        await rm(one, { force: true }).catch((error) => {
          throw ioFailure('remove', one, error);
        });
      }
    },
    async list() {
      const attachments: CachedAttachment[] = [];
      const unreadable: CniError[] = [];
      for (const name of await namesIn(results)) {
        const file = join(results, name);
        try {
          const bytes = await readIfThere(file);
          const entry = bytes && parseCacheFile(bytes, file);
          if (entry && 'containerId' in entry) attachments.push(entry);
        } catch (error) {
          unreadable.push(CniError.from(error));
        }
      }
      return { attachments, unreadable };
    },
  };
}

function isSame(one: AttachmentKey, other: AttachmentKey): boolean {
  return (
    one.network === other.network &&
    one.containerId === other.containerId &&
    one.ifname === other.ifname
  );
}

async function readIfThere(file: string): Promise<Uint8Array | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw ioFailure('read', file, error);
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw ioFailure('read', folder, error);
  }
}

function ioFailure(what: string, file: string, error: unknown): CniError {
  const reason = error instanceof Error ? error.message : String(error);
  return new CniError(
    ErrorCode.IoFailure,
    `cannot ${what} ${file}`,
    `${reason}; give the runtime a cache directory of its own that it may write to`,
    { cause: error },
  );
}

function added(file: string, { network, containerId, ifname }: AttachmentKey): CniError {
  return new CniError(
    ErrorCode.InterfaceExists,
    `container ${containerId} has ${ifname} on network ${network} already`,
    `delete it first; its result is kept in ${file}`,
  );
}

function taken(file: string, { network, containerId, ifname }: AttachmentKey): CniError {
  return new CniError(
    ErrorCode.InvalidNetworkConfig,
    `cache file ${file} is that of another attachment`,
    `it belongs to network ${network}, container ${containerId}, interface ${ifname}; rename the network`,
  );
}
