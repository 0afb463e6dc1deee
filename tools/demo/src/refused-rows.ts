import { countPackets, opensTcp, type PacketCounter, ping, type VcnLab } from '@vcn-cni/lab';
import {
  type End,
  endPortText,
  endText,
  type Family,
  header,
  internetEnd,
  nodeEnd,
  podEnd,
} from './end.ts';
import { refused } from './flow.ts';
import type { NodePods } from './node-pods.ts';
import type { Flow } from './report.ts';
import { wrongVnic } from './wrong-vnic.ts';

/** The metadata service of an instance, and where its boot volume is. */
const closed = {
  inet: [
    ['169.254.169.254', 80],
    ['169.254.0.2', 3260],
  ],
  inet6: [['fd00:c1::a9fe:a9fe', 80]],
} as const;

const echo = { inet: 'icmp type echo-request', inet6: 'icmpv6 type echo-request' } as const;
const hostLength = { inet: 32, inet6: 128 } as const;

/** What pods of the node at a place must not get through with; all at once, for each is waited for in vain. */
export async function refusedRows(
  lab: VcnLab,
  placed: readonly NodePods[],
  at: number,
  family: Family,
): Promise<Flow[]> {
  const here = placed[at]!;
  const next = placed[(at + 1) % placed.length]!;
  const far = next === here ? internetEnd(lab, family) : podEnd(next.first, family);
  return Promise.all([
    ...closed[family].map(([address, number]) => metadata(lab, here, { address, number }, family)),
    // To another pod than the wrong VNIC is tried with, whose way is bent meanwhile.
    spoofed(here, next === here ? far : podEnd(next.second, family), family),
    released(lab, here, next === here ? nodeEnd(here.node, family) : far, family),
    ...(next === here ? [] : [wrongVnic(lab, here.node, podEnd(here.second, family), far)]),
  ]);
}

async function metadata(
  { vcn }: VcnLab,
  { node, first }: NodePods,
  to: { address: string; number: number },
  family: Family,
): Promise<Flow> {
  const pod = podEnd(first, family);
  const ip = header[family];
  const match = `${ip} saddr ${pod.address} ${ip} daddr ${to.address} tcp dport ${to.number}`;
  await using sent = await countPackets(node.namespace, match);
  await using passed = await vcn.fabric.count(match);
  const open = await opensTcp(pod.namespace, to.address, to.number);
  const ends = [endText(pod), endPortText({ name: 'metadata', ...to }, to.number)] as const;
  return refused('metadata-blocked', ends, open, await byTheNode(sent, passed));
}

/** The first pod of a node in the name of the second: the VCN would take it, for it is the VNIC's. */
async function spoofed({ node, first, second }: NodePods, to: End, family: Family): Promise<Flow> {
  const [pod, victim] = [podEnd(first, family), podEnd(second, family)];
  const ip = header[family];
  const match = `${ip} saddr ${victim.address} ${echo[family]}`;
  await using sent = await countPackets(node.namespace, `iifname ${first.hostLink()} ${match}`);
  await using arrived = await countPackets(to.namespace, match, 'input');
  const ofAnother = async (verb: 'add' | 'del') => {
    const address = ['address', verb, `${victim.address}/${hostLength[family]}`, 'dev', 'eth0'];
    // Deprecated: only who asks for it gets it.
    const nodad = family === 'inet6' ? ['nodad'] : [];
    const how = verb === 'add' ? [...nodad, 'valid_lft', 'forever', 'preferred_lft', '0'] : [];
    const { code, stderr } = await pod.namespace.exec('ip', [...address, ...how]);
    if (code !== 0) throw new Error(`ip ${address.join(' ')}: ${stderr}`);
  };
  await ofAnother('add');
  const { outcome } = await ping(pod.namespace, to.address, { source: victim.address });
  await ofAnother('del');
  const ends = [`${pod.name} as ${endText(victim)}`, endText(to)] as const;
  return refused('spoof-blocked', ends, outcome === 'reached', await byTheNode(sent, arrived));
}

/** All that came to the node, unless anything of it got further. */
async function byTheNode(sent: PacketCounter, further: PacketCounter) {
  const got = await further.packets();
  return { dropped: got === 0 ? await sent.packets() : 0, droppedBy: 'the node' };
}

/** One echo request to an address that no pod has any more goes by the VCN once, if it has to, and never again. */
async function released(
  { vcn }: VcnLab,
  { node }: NodePods,
  from: End,
  family: Family,
): Promise<Flow> {
  const pod = await node.pod(`released-${family}`);
  await pod.add();
  const to = podEnd(pod, family);
  await pod.del();
  const match = `${header[family]} daddr ${to.address} ${echo[family]}`;
  await using seen = await vcn.fabric.count(match);
  const { outcome } = await ping(from.namespace, to.address, { count: 1 });
  const once = from.namespace === node.namespace ? 0 : 1;
  const dropped = (await seen.packets()) === once ? 1 : 0;
  const ends = [endText(from), endText(to)] as const;
  const reached = outcome === 'reached';
  return refused('released-address', ends, reached, { dropped, droppedBy: 'the node' });
}
