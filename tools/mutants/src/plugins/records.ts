import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseJson, printJson } from '@vcn-cni/cni-spec';

/** An attachment, as plugins tell them apart. */
export interface Key {
  readonly containerId: string;
  readonly ifname: string;
}

/** What a plugin knows of the attachments of one network, a file each, which is written whole or not at all. */
export interface Records<Value> {
  read(key: Key): Promise<Value | undefined>;
  write(key: Key, value: Value): Promise<void>;
  remove(key: Key): Promise<void>;
  list(): Promise<Key[]>;
}

/** In `/var/lib/cni/PLUGIN/NETWORK` below `root`. */
export function openRecords<Value>(root: string, plugin: string, network: string): Records<Value> {
  const folder = join(root, 'var/lib/cni', plugin, network);
  // Neither may hold a colon, so that the name can be read back.
  const fileOf = ({ containerId, ifname }: Key) => join(folder, `${containerId}:${ifname}`);
  return {
    async read(key) {
      const text = await readFile(fileOf(key), 'utf8').catch(ifMissing(''));
      try {
        return text === '' ? undefined : (parseJson(text) as Value);
      } catch {
        // Of a record that cannot be read no more is known than of none.
        return undefined;
      }
    },
    async write(key, value) {
      await mkdir(folder, { recursive: true });
      const next = join(folder, `.${key.containerId}:${key.ifname}`);
      await writeFile(next, printJson(value));
      await rename(next, fileOf(key));
    },
    remove: (key) => rm(fileOf(key), { force: true }),
    async list() {
      const names = await readdir(folder).catch(ifMissing<string[]>([]));
      return names
        .filter((name) => !name.startsWith('.'))
        .map((name) => {
          const colon = name.lastIndexOf(':');
          return { containerId: name.slice(0, colon), ifname: name.slice(colon + 1) };
        });
    },
  };
}

export const ifMissing =
  <Value>(instead: Value) =>
  (error: NodeJS.ErrnoException): Value => {
    if (error.code === 'ENOENT') return instead;
    throw error;
  };
