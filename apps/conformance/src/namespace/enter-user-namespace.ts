import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { UsageError } from '../cli/usage-error.ts';

const mark = 'CNI_CONFORMANCE_ENTERED';

/** What forbids an ordinary user to make namespaces, and the value that allows it. */
const switches = [
  ['kernel.unprivileged_userns_clone', '0', '1'],
  ['user.max_user_namespaces', '0', '10000'],
  ['kernel.apparmor_restrict_unprivileged_userns', '1', '0'],
] as const;

/**
 * Returns where sandboxes can be made. Otherwise this process becomes, once, itself as root of a user namespace of its
 * own: the program begins again with the same arguments. Throws UsageError with the remedy where the kernel allows
 * neither.
 */
export function enterUserNamespace(): void {
  if (process.env[mark] === '1') return;
  if (process.getuid?.() === 0 && refusalOf(['--net', '--mount', '--pid', '--fork']) === undefined)
    return;
  const own = ['--user', '--map-root-user', '--net', '--mount'];
  const refusal = refusalOf(own);
  if (refusal !== undefined) throw new UsageError(`${refusal}; ${remedy()}`);
  const command = [
    ...['unshare', ...own],
    ...[process.execPath, ...process.execArgv, ...process.argv.slice(1)],
  ];
  process.execve!('/usr/bin/env', ['env', ...command], { ...process.env, [mark]: '1' });
}

function refusalOf(options: readonly string[]): string | undefined {
  const { status, error, stderr } = spawnSync('unshare', [...options, 'true'], {
    encoding: 'utf8',
  });
  return status === 0 ? undefined : (error?.message ?? stderr).trim();
}

function remedy(): string {
  const wrong = switches.filter(([name, closed]) => setting(name) === closed);
  if (wrong.length === 0) {
    return 'run this as root, or in a container started with --privileged';
  }
  const settings = wrong.map(([name, , open]) => `${name}=${open}`).join(' ');
  return `run this as root, or allow namespaces to users: sysctl -w ${settings}`;
}

function setting(name: string): string | undefined {
  try {
    return readFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, 'utf8').trim();
  } catch {
    return undefined;
  }
}
