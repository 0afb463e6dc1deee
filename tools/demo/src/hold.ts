import { once } from 'node:events';
import type { Lab } from '@vcn-cni/lab';

/** Says how to look around, and waits until the demo is told to stop. */
export async function hold(lab: Lab): Promise<void> {
  const enter = (namespace: string) =>
    `nsenter --target ${process.pid} --user --preserve-credentials --mount --net=${namespace}`;
  process.stderr.write(
    [
      '',
      'It is running. In another terminal, as the same user:',
      `  ${enter(lab.node.path)} ip rule`,
      `  ${enter(lab.node.path)} nft list table inet vcn-cni`,
      `  ${enter(lab.node.path)} ip route show table all`,
      `  ${enter(`${lab.paths.netns}/alpha`)} ip address`,
      `  node --conditions=@vcn-cni/source apps/daemon/src/vcnctl.ts --socket ${lab.paths.ctl} pods`,
      `Stop it with Ctrl-C, or: kill ${process.pid}`,
      '',
    ].join('\n'),
  );
  const stop = new AbortController();
  const alive = setInterval(() => {}, 60_000);
  await Promise.race([
    once(process, 'SIGINT', { signal: stop.signal }),
    once(process, 'SIGTERM', { signal: stop.signal }),
  ]);
  stop.abort();
  clearInterval(alive);
}
