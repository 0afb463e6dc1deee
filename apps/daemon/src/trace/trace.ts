/** The way of packets by the captures of nodes: what `vcnctl trace` does. */
import {
  type Explanation,
  explain,
  type HostCapture,
  type TraceAsk,
  tracePackets,
} from '@vcn-cni/pod-network';
import { parseReadings } from './parse-reading.ts';
import type { NodeReading } from './read-node.ts';

export interface Traced {
  traces: Explanation[];
  /** Pods of this node whose namespace could not be opened, each with the reason: ways end at their veth. */
  unread: string[];
}

/** Rounds at most: each finds pods that were not known to be on the way. */
const rounds = 6;

/**
 * Reads this node again as often as the way leads through a pod whose packet filter was not read yet.
 * @param read reads this node; of these pods the packet filter too.
 * @param others readings of further nodes.
 * @throws RangeError for ends that are not known.
 */
export async function trace(
  ask: TraceAsk,
  read: (rulesOf: readonly string[]) => Promise<NodeReading>,
  others: readonly NodeReading[],
): Promise<Traced> {
  let wanted: readonly string[] = [];
  for (let round = 1; ; round += 1) {
    const own = await read(wanted);
    const hosts = parseReadings([own, ...others]);
    const found = tracePackets(hosts, ask).map((packet) => explain(hosts, packet));
    const passed = podsOnTheWay(found, hosts[0]!);
    const further = passed.filter((name) => !wanted.includes(name));
    if (further.length === 0 || round === rounds) return { traces: found, unread: own.unread };
    wanted = [...wanted, ...further];
  }
}

function podsOnTheWay(explanations: readonly Explanation[], own: HostCapture): string[] {
  const passed = new Set<string>();
  const follow = ({ steps, back, others = [] }: Explanation): void => {
    for (const { namespace } of steps) passed.add(namespace);
    for (const other of [...(back ? [back] : []), ...others]) follow(other);
  };
  explanations.forEach(follow);
  return own.namespaces
    .map(({ name }) => name)
    .filter((name) => name !== own.root && passed.has(name));
}
