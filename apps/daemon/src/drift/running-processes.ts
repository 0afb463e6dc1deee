import { readdir, readFile } from 'node:fs/promises';

/** Names (`comm`, at most 15 bytes) of the processes that this one can see. */
export async function runningProcesses(): Promise<Set<string>> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const names = await Promise.all(
    // A process may end while it is looked at.
    ids.map((id) => readFile(`/proc/${id}/comm`, 'utf8').catch(() => '')),
  );
  return new Set(names.map((name) => name.trim()));
}
