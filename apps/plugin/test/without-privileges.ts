import { spawnSync } from 'node:child_process';

/**
 * Words before a command that take from it the right of root to pass over file modes. An ordinary
 * user does not have it, and needs none.
 */
export const withoutPrivileges: { prefix: readonly string[] } = { prefix: find() };

function find(): readonly string[] {
  if (process.getuid?.() !== 0) return [];
  const prefix = ['setpriv', '--bounding-set=-dac_override,-dac_read_search'];
  const probe = spawnSync(prefix[0] as string, [...prefix.slice(1), 'true'], { encoding: 'utf8' });
  if (probe.status !== 0) throw new Error(`setpriv is needed: ${probe.stderr ?? probe.error}`);
  return prefix.map((word) => (word === 'setpriv' ? '/usr/bin/setpriv' : word));
}
