import { connectTcp, ping } from '@vcn-cni/lab';
import type { End } from './end.ts';
import type { Flow } from './report.ts';

/** Where every TCP server of the demo listens. */
export const port = 8080;

/**
 * Reached means: an echo request came back, and the server of a TCP connection saw the address `seen`, by default the
 * sender's own.
 */
export async function flow(
  name: string,
  from: End,
  to: End,
  seen: string = from.address,
): Promise<Flow> {
  const { outcome, rttMs } = await ping(from.namespace, to.address);
  const source = await connectTcp(from.namespace, to.address, port);
  return {
    name,
    from: `${from.name} ${from.address}`,
    to: `${to.name} ${to.address}`,
    expect: 'reached',
    outcome: outcome === 'reached' && source === seen ? 'reached' : 'unreached',
    rttMs: rttMs ?? null,
  };
}
