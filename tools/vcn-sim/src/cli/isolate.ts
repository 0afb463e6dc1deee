import { spawnSync } from 'node:child_process';

const mark = 'VCN_SIM_ISOLATED';

/**
 * Replaces this process, once, by itself in user, network and mount namespaces of its own, where an
 * ordinary user may make namespaces; root needs none of it. Throws where the kernel forbids it.
 */
export function isolate(): void {
  if (process.getuid?.() === 0 || process.env[mark] === '1') return;
  const unshare = ['-Urnm', '--propagation', 'private'];
  const probe = spawnSync('unshare', [...unshare, 'true'], { encoding: 'utf8' });
  if (probe.status !== 0) {
    const why = (probe.error?.message ?? probe.stderr).trim();
    throw new Error(`no user namespace to be had (${why}): run it as root, or with --api-only`);
  }
  const again = [process.execPath, ...process.execArgv, ...process.argv.slice(1)];
  const words = [
    'unshare',
    ...unshare,
    'sh',
    '-c',
    'ip link set lo up && exec "$@"',
    'sh',
    ...again,
  ];
  process.execve!('/usr/bin/env', ['env', ...words], { ...process.env, [mark]: '1' });
}
