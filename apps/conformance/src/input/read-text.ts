import { readFile } from 'node:fs/promises';
import { UsageError } from '../cli/usage-error.ts';

/** A file that an option names. Throws UsageError with option and path. */
export async function readText(option: string, file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'no such file' : code === 'EISDIR' ? 'a folder' : String(error);
    throw new UsageError(`${option} ${file}: ${why}; give the path of a file that can be read`);
  }
}
