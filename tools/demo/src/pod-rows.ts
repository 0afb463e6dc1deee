import { type PacketCounter, ping, type VcnLab } from '@vcn-cni/lab';
import { type End, endText, type Family, header, nodeEnd, podEnd } from './end.ts';
import { flow, reaching } from './flow.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';

/** Flows between pods and nodes that begin on the node at a place. */
export async function podRows(
  lab: VcnLab,
  placed: readonly NodePods[],
  at: number,
  family: Family,
): Promise<Flow[]> {
  const { node, first, second } = placed[at]!;
  const [here, alpha, beta] = [
    nodeEnd(node, family),
    podEnd(first, family),
    podEnd(second, family),
  ];
  const rows = [
    await pastTheVcn(lab, alpha, beta, family),
    await flow('pod-node', alpha, here),
    await flow('node-pod', here, beta),
  ];
  const next = placed[(at + 1) % placed.length]!;
  if (next.node === node) return rows;
  const gamma = podEnd(next.first, family);
  return [
    ...rows,
    await flow('pod-pod-cross-node', beta, gamma),
    // Nodes have their addresses of another subnet than pods.
    await flow('pod-other-subnet', beta, nodeEnd(next.node, family)),
    // A pod in the host's network is a process of the node, with its address.
    await flow('host-network-pod', here, gamma),
    await widest(lab, beta, gamma, family),
  ];
}

/** Reached means also: the VCN has not seen a packet of it. */
async function pastTheVcn({ vcn }: VcnLab, from: End, to: End, family: Family): Promise<Flow> {
  const ip = header[family];
  await using seen = await vcn.fabric.count(
    `${ip} saddr ${from.address} ${ip} daddr ${to.address}`,
  );
  const row = await flow('pod-pod-same-node', from, to);
  return (await none(seen)) ? row : { ...row, outcome: 'unreached' };
}

const none = async (seen: PacketCounter): Promise<boolean> => (await seen.packets()) === 0;

/** A packet as long as a VNIC takes goes in one piece, one that is longer by a byte does not go. */
async function widest({ vcn }: VcnLab, from: End, to: End, family: Family): Promise<Flow> {
  const mtu = 9000;
  const size = mtu - { inet: 28, inet6: 48 }[family];
  const length = family === 'inet' ? `ip length ${mtu}` : `ip6 length ${mtu - 40}`;
  const ip = header[family];
  await using whole = await vcn.fabric.count(`${ip} saddr ${from.address} ${length}`);
  const [fitting, longer] = await Promise.all([
    ping(from.namespace, to.address, { size }),
    ping(from.namespace, to.address, { size: size + 1, count: 1 }),
  ]);
  const reached =
    fitting.outcome === 'reached' &&
    longer.outcome === 'unreached' &&
    (await whole.packets()) === 3;
  const ends = [endText(from), `${endText(to)} in 9000 bytes`] as const;
  return reaching('mtu-9000', ends, reached, fitting.rttMs);
}
