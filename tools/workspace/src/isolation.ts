import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { IsolationError } from './isolation-error.ts';

// /run is where ip keeps named namespaces, xtables its lock and the daemon its state.
const prepare = 'mount -t tmpfs tmpfs /run && ip link set lo up && exec "$@"';
const inside = ['--propagation', 'private', 'sh', '-c', prepare, 'sh'];

/** What forbids an ordinary user to make namespaces, and the value that does. */
const switches = [
  ['kernel.unprivileged_userns_clone', '0', '1'],
  ['user.max_user_namespaces', '0', '10000'],
  ['kernel.apparmor_restrict_unprivileged_userns', '1', '0'],
] as const;

/**
 * The words to put before a command so that it runs in network and mount namespaces of its own,
 * with loopback up and an empty /run: as the user it is, or as root of a new user namespace.
 * @throws {IsolationError} if the kernel allows neither; the message says what to do.
 */
export function isolation(): string[] {
  const ways = process.getuid?.() === 0 ? ['-nm', '-Urnm'] : ['-Urnm'];
  let refusal = '';
  for (const way of ways) {
    const words = ['unshare', way, ...inside];
    const probe = spawnSync('unshare', [way, ...inside, 'true'], { encoding: 'utf8' });
    if (probe.status === 0) return words;
    refusal = (probe.error?.message ?? probe.stderr).trim();
  }
  throw new IsolationError(refusal, remedy());
}

function remedy(): string {
  const wrong = switches.filter(([name, closed]) => sysctl(name) === closed);
  if (wrong.length === 0) {
    return 'run this as root, or in a container started with --privileged';
  }
  const settings = wrong.map(([name, , open]) => `${name}=${open}`).join(' ');
  return `run this as root, or allow it with: sysctl -w ${settings}`;
}

function sysctl(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
