import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Makes a namespace visible at a path of its own, as container runtimes do below /run/netns. */
export async function mountNamespace(namespace: string, path: string): Promise<void> {
  await writeFile(path, '', { flag: 'wx' });
  await run('mount', ['--bind', namespace, path]);
}

/** Whatever a test left of the path: mounted, replaced or gone. */
export async function unmount(path: string): Promise<void> {
  await run('umount', ['--lazy', path]).catch(() => {});
  await rm(path, { force: true });
}
