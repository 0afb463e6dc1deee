import type { Connection } from '../src/explain/connection.ts';
import type { Hook, TableVisit } from '../src/explain/netfilter/visit.ts';
import type { Skb } from '../src/explain/skb.ts';
import { openSpace } from '../src/explain/space.ts';
import { Trail } from '../src/explain/trail.ts';
import { host } from './explain-pod.ts';

/**
 * A packet of the pod at a hook of its node: 10.0.1.3:40000 to the service 10.0.9.1:80, which became 10.0.0.10:8080;
 * tcp, in by oci1, packet mark 0x480, connection mark 0x80, first of its connection.
 */
export function visit(hook: Hook, change: Partial<Skb> = {}): TableVisit {
  const capture = host();
  const connection: Connection = {
    original: tuple('10.0.1.3', 40000, '10.0.9.1', 80),
    reply: tuple('10.0.0.10', 8080, '10.0.1.3', 40000),
    mark: 0x80,
    replied: false,
    decided: { source: true, destination: true },
  };
  const skb: Skb = {
    family: 'inet',
    ...tuple('10.0.1.3', 40000, '10.0.0.10', 8080),
    mark: 0x480,
    iif: 'oci1',
    ...(hook === 'forward' || hook === 'postrouting' ? { oif: 'ens3' } : {}),
    connection,
    direction: 'original',
    state: 'new',
    asked: 'new',
    untracked: false,
    answer: false,
    ...change,
  };
  const space = openSpace(capture, capture.namespaces[1]!);
  return { space, hook, skb, trail: new Trail(), table: 'a table' };
}

function tuple(source: string, sourcePort: number, destination: string, destinationPort: number) {
  return { source, destination, protocol: 'tcp' as const, sourcePort, destinationPort };
}
