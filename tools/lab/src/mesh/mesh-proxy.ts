import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import { proxyUser } from './mesh-rules.ts';

/** A connection as the proxy of a pod saw it: who opened it, and where it was meant to go. */
export interface MeshConnection {
  way: 'inbound' | 'outbound';
  from: string;
  address: string;
  port: number;
}

export interface MeshProxy extends Disposable {
  /** All so far. */
  readonly seen: readonly MeshConnection[];
  /** Waits until it has told of such a connection; false after 2 s. Its line may come after the answer did. */
  saw(connection: MeshConnection): Promise<boolean>;
}

const main = fileURLToPath(new URL('./proxy-process.ts', import.meta.url));

/** Starts the proxy of a pod in its namespace and waits until it listens. */
export async function startMeshProxy(pod: SandboxNamespace): Promise<MeshProxy> {
  const user = hasProxyUser() ? proxyUser : 0;
  const child = pod.spawn(process.execPath, ['--conditions=@vcn-cni/source', main, `${user}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seen: MeshConnection[] = [];
  const lines = createInterface(child.stdout!);
  const ended = once(child, 'close').then(([code]) => {
    throw new Error(`the proxy ended before it listened, with ${code}`);
  });
  await Promise.race([once(lines, 'line'), ended]);
  ended.catch(() => {});
  lines.on('line', (line) => seen.push(JSON.parse(line)));
  return {
    seen,
    async saw(wanted) {
      const signal = AbortSignal.timeout(2_000);
      while (!seen.some((one) => isDeepStrictEqual(one, wanted))) {
        const next = once(lines, 'line', { signal });
        if (
          await next.then(
            () => false,
            () => true,
          )
        )
          return false;
      }
      return true;
    },
    [Symbol.dispose]: () => void child.kill('SIGKILL'),
  };
}

/** Whether this user namespace has the user that proxies run as. */
export function hasProxyUser(): boolean {
  const lines = readFileSync('/proc/self/uid_map', 'utf8').trim().split('\n');
  return lines
    .map((line) => line.trim().split(/\s+/).map(Number) as [number, number, number])
    .some(([inside, , count]) => inside <= proxyUser && proxyUser < inside + count);
}
