import { mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { replaceFile } from '../host/replace-file.ts';

/** One text in a file: there whole or not at all, whatever happens while it is written. */
export interface CacheFile {
  /** Undefined: there is none. */
  load(): Promise<string | undefined>;
  save(text: string): Promise<void>;
}

/** A file for root alone, in a directory that is made when needed. */
export function cacheFile(path: string): CacheFile {
  return {
    async load() {
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
    },
    async save(text) {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await replaceFile(path, text, 0o600, `${path}.new`);
    },
  };
}
