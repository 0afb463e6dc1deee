import { chmod, lstat, mkdir } from 'node:fs/promises';

/**
 * Makes a directory that only its owner may enter, or closes one that is too open.
 * @throws Error naming the path when it is not a directory or belongs to somebody else.
 */
export async function ensurePrivateDirectory(path: string): Promise<void> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  const found = await lstat(path);
  if (!found.isDirectory()) throw new Error(`${path} is not a directory; remove it`);
  if (found.uid !== process.geteuid?.())
    throw new Error(`${path} belongs to user ${found.uid}; run as that user or remove it`);
  if ((found.mode & 0o777) !== 0o700) await chmod(path, 0o700);
}
