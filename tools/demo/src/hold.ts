import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { Lab, LabPod } from '@vcn-cni/lab';

/** Says how to look around, and waits until the demo is told to stop. */
export async function hold(lab: Lab, [pod]: readonly LabPod[]): Promise<void> {
  const node = enter(lab.node.path);
  process.stderr.write(
    [
      '',
      'It is running. In another terminal, as the same user:',
      `  ${node} ip rule`,
      `  ${node} ip route show table 1000`,
      `  ${node} nft list table inet vcn-cni`,
      `  ${enter(pod!.namespace.path)} ip address`,
      `  ${enter(pod!.namespace.path)} ping -c 3 ${pod!.address()}`,
      `  npm run vcnctl -- --socket ${lab.paths.ctl} pods`,
      `Stop it with Ctrl-C, or: kill ${process.pid}`,
      '',
    ].join('\n'),
  );
  const stop = new AbortController();
  const alive = setInterval(() => {}, 60_000);
  await Promise.race(
    ['SIGINT', 'SIGTERM'].map((name) =>
      once(process, name, { signal: stop.signal }).catch(() => {}),
    ),
  );
  stop.abort();
  clearInterval(alive);
}

/** How a shell outside gets in; an ordinary user's demo is in a user namespace too. */
function enter(namespace: string): string {
  const whole = /^\s*0\s+0\s+4294967295\s*$/.test(readFileSync('/proc/self/uid_map', 'utf8'));
  const user = whole ? '' : ` --target=${process.pid} --user --preserve-credentials`;
  return `nsenter${user} --net=${namespace}`;
}
