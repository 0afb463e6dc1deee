import { connectTcp, ping } from '@vcn-cni/lab';
import { type End, endText } from './end.ts';
import type { Flow } from './report.ts';

/** Where every TCP server of the demo listens. */
export const port = 8080;

/** What was to get through, and whether it did. */
export const reaching = (
  name: string,
  [from, to]: readonly [from: string, to: string],
  reached: boolean,
  rttMs?: number,
): Flow => ({
  ...{ name, from, to, expect: 'reached' },
  outcome: reached ? 'reached' : 'unreached',
  rttMs: rttMs ?? null,
});

/** What was not to get through, whether it did, and what was dropped on the way. */
export const refused = (
  name: string,
  [from, to]: readonly [from: string, to: string],
  reached: boolean,
  dropped: { dropped: number; droppedBy: string },
): Flow => ({
  ...{ name, from, to, expect: 'unreached' },
  outcome: reached ? 'reached' : 'unreached',
  rttMs: null,
  ...dropped,
});

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
  const reached = outcome === 'reached' && source === seen;
  return reaching(name, [endText(from), endText(to)], reached, rttMs);
}
