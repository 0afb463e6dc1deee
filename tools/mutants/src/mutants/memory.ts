import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Call } from './call.ts';

/** What a mutant keeps from one call to the next: files of the sandbox, which the state of a case leaves out. */
const place = ({ caller }: Call, name: string): string =>
  join(caller.root, 'run/cni-conformance/mutants', name);

export async function remember(call: Call, name: string): Promise<void> {
  const file = place(call, name);
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(file, '');
}

export const remembers = async (call: Call, name: string): Promise<boolean> =>
  (await stat(place(call, name)).catch(() => undefined)) !== undefined;

export const forget = (call: Call, name: string): Promise<void> =>
  rm(place(call, name), { force: true });

/** All names that are remembered. */
export const remembered = (call: Call): Promise<string[]> =>
  readdir(place(call, '')).catch(() => []);
