import type { Container } from '../plugin-harness.ts';
import { parseState } from '../state/parse-state.ts';
import type { State } from '../state/state.ts';
import type { Sandbox } from './sandbox.ts';
import { ownFolder } from './sandbox-script.ts';
import { fileScript, stateScript } from './state-script.ts';

/** All that an attachment may change: of the host, of containers, and files. `folders` are watched besides. */
export async function readState(
  sandbox: Sandbox,
  containers: readonly Container[],
  folders: readonly string[],
): Promise<State> {
  const parts = await Promise.all([
    readNamespace(sandbox, 'host'),
    readFiles(sandbox, folders),
    ...containers.map(({ name, netns }) => readNamespace(sandbox, name, netns)),
  ]);
  return parts.flat().sort();
}

async function readNamespace(sandbox: Sandbox, where: string, netns?: string): Promise<State> {
  const options = netns === undefined ? {} : { netns };
  const { stdout, stderr } = await sandbox.exec(['sh', '-c', stateScript], options);
  // A namespace that is gone has no state.
  return stdout === '' && stderr !== '' ? [] : parseState(where, stdout);
}

/** On this machine itself only the folders that were named; in a sandbox all that was written. */
async function readFiles(sandbox: Sandbox, folders: readonly string[]): Promise<State> {
  const written = `${ownFolder}/written`;
  const places = sandbox.root === '' ? folders : [written, '/run', '/var/lib', ...folders];
  if (places.length === 0) return [];
  const { stdout } = await sandbox.exec(['sh', '-c', fileScript, 'sh', ...places]);
  const files = stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => (line.startsWith(written) ? line.slice(written.length) : line))
    .filter((line) => !isOwn(line));
  return [...new Set(files)].map((line) => `host file ${line}`);
}

/** Made by the sandbox, and by the commands themselves. */
const isOwn = (line: string): boolean =>
  line.startsWith(ownFolder) || /^\/run\/(?:xtables\.lock$|netns\/)/.test(line);
