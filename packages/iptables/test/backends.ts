import { spawnSync } from 'node:child_process';
import type { Backend } from '../src/driver/index.ts';

/** The backends of this host's iptables that its kernel takes, tried in a namespace of their own; loud about others. */
export function usableBackends(): Backend[] {
  return (['nft', 'legacy'] as const).filter((backend) => {
    const tried = ['iptables', 'ip6tables'].map((program) =>
      spawnSync('unshare', ['--net', `${program}-${backend}-restore`], {
        input: '*raw\n-A PREROUTING -m rpfilter --invert -j DROP\nCOMMIT\n',
        encoding: 'utf8',
      }),
    );
    const failed = tried.find(({ status }) => status !== 0);
    if (failed === undefined) return true;
    console.warn(`SKIPPED: iptables ${backend} does not work here: ${failed.stderr.trim()}`);
    return false;
  });
}
