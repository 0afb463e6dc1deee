import { readFile } from 'node:fs/promises';
import { CniError } from '@vcn-cni/cni-spec';
import { LoadError, unreadable } from './load-error.ts';

/** What `parse` makes of a file; LoadError that names the file if it cannot be read or parsed. */
export async function parseFile<T>(
  file: string,
  parse: (bytes: Uint8Array) => T,
  remedy = 'correct the file',
): Promise<T> {
  const bytes = await readFile(file).catch((error) => {
    throw unreadable(file, error);
  });
  try {
    return parse(bytes);
  } catch (error) {
    const { message } = CniError.from(error);
    throw new LoadError('malformed', file, `cannot use ${file}`, `${message}; ${remedy}`, error);
  }
}
