import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { VcnLab } from '@vcn-cni/lab';
import type { NodePods } from './node-pods.ts';

/** Says how to look around, and waits until the demo is told to stop. */
export async function hold({ vcn }: VcnLab, placed: readonly NodePods[]): Promise<void> {
  const cloud = enter(placed[0]!.node.namespace.path);
  const lines = [
    '',
    'It is running. In another terminal, as the same user:',
    ...placed.flatMap(waysIn),
    'what the cloud holds, and what else can be asked of it',
    `  ${cloud} curl -s ${vcn.endpoints.api}/admin/books`,
    `  ${cloud} curl -s ${vcn.endpoints.api}/admin`,
    `Stop it with Ctrl-C, or: kill ${process.pid}`,
    '',
  ];
  process.stderr.write(lines.join('\n'));
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

function waysIn({ node, first, second }: NodePods): string[] {
  const host = enter(node.namespace.path);
  return [
    `on ${node.name}`,
    `  ${host} ip rule`,
    `  ${host} ip route show table 1000`,
    `  ${host} nft list table inet vcn-cni`,
    `  npm run vcnctl -- --socket ${node.paths.ctl} vnics`,
    `in its pod ${first.name}`,
    `  ${enter(first.namespace.path)} ip address`,
    `  ${enter(first.namespace.path)} ping -c 3 ${second.address()}`,
  ];
}

/** How a shell outside gets in; an ordinary user's demo is in a user namespace too. */
function enter(namespace: string): string {
  const whole = /^\s*0\s+0\s+4294967295\s*$/.test(readFileSync('/proc/self/uid_map', 'utf8'));
  const user = whole ? '' : ` --target=${process.pid} --user --preserve-credentials`;
  return `nsenter${user} --net=${namespace}`;
}
