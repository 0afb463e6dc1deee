import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import type { VnicFacts } from '../src/cloud/facts.ts';
import { createIp, deleteIp, type IpAsk } from '../src/cloud/ips.ts';
import { attachVnic, detachVnic, updateVnic, type VnicAsk } from '../src/cloud/vnics.ts';
import type { Vcn } from '../src/node/start-vcn.ts';
import type { VcnNode } from '../src/node/vcn-node.ts';

/** Attaches a VNIC in the subnet `pods`; answers when its card is in the node. */
export async function attach(
  vcn: Vcn,
  node: VcnNode,
  ask: VnicAsk = {},
): Promise<VnicFacts & { device: string; table: number }> {
  const { promise, resolve } = Promise.withResolvers<VnicFacts>();
  const attachment = attachVnic(vcn.cloud.world, {
    instanceId: node.instanceId,
    createVnicDetails: { subnetId: vcn.subnets['pods']!.id, assignIpv6Ip: true, ...ask },
  });
  const unsubscribe = vcn.cloud.subscribe((change) => {
    if (change.kind === 'vnicAttached' && change.vnic.attachmentId === attachment.id)
      resolve(change.vnic);
  });
  passes(vcn);
  const vnic = await promise;
  unsubscribe();
  await vcn.settled();
  const device = vcn.fabric.device(vnic.id)!;
  return { ...vnic, device, table: 100 + Number(device.slice('ens'.length)) };
}

export async function detach(vcn: Vcn, vnic: VnicFacts): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const unsubscribe = vcn.cloud.subscribe((change) => {
    if (change.kind === 'vnicDetached' && change.vnic.id === vnic.id) resolve();
  });
  detachVnic(vcn.cloud.world, vcn.cloud.world.attachments.get(vnic.attachmentId)!);
  passes(vcn);
  await promise;
  unsubscribe();
  await vcn.settled();
}

/** What the cloud takes its time for has happened; the time of the profile `fast` is far shorter. */
const passes = (vcn: Vcn): void => vcn.cloud.clock.advance(1_000);

/** Assigns an address, or with `prefix` a block; answers its CIDR when the VCN delivers it. */
export async function assign(vcn: Vcn, vnic: VnicFacts, ask: Partial<IpAsk> = {}): Promise<string> {
  const ip = createIp(vcn.cloud.world, { family: 'inet', vnicId: vnic.id, ...ask });
  passes(vcn);
  await vcn.settled();
  return ip.cidr.text;
}

export async function release(vcn: Vcn, cidr: string): Promise<void> {
  const ip = [...vcn.cloud.world.ips.values()].find((one) => one.cidr.text === cidr)!;
  deleteIp(vcn.cloud.world, ip);
  await vcn.settled();
}

export async function setSkip(vcn: Vcn, vnic: VnicFacts, skip: boolean): Promise<void> {
  updateVnic(vcn.cloud.world, vcn.cloud.world.vnics.get(vnic.id)!, { skipSourceDestCheck: skip });
  await vcn.settled();
}

/** Runs lines of shell, and fails with what they said. */
export async function sh(
  namespace: Pick<SandboxNamespace, 'exec'>,
  ...lines: string[]
): Promise<string> {
  const { code, stdout, stderr } = await namespace.exec('sh', ['-ec', lines.join('\n')]);
  if (code !== 0) throw new Error(`${lines.join('; ')}: exit ${code}: ${stderr}`);
  return stdout;
}

/** As the documentation has it for a system that does not do it by itself; the table's number is the VNIC's. */
export async function configure(
  vcn: Vcn,
  node: VcnNode,
  vnic: VnicFacts & { device: string; table: number },
): Promise<void> {
  const { device, table, address } = vnic;
  const router = vcn.cloud.facts().subnets.find(({ id }) => id === vnic.subnetId)!.virtualRouter;
  await sh(
    node,
    'echo 1 > /proc/sys/net/ipv4/ip_forward',
    'echo 1 > /proc/sys/net/ipv6/conf/all/forwarding',
    `for name in all ens3 ${device}; do echo 2 > /proc/sys/net/ipv4/conf/$name/rp_filter; done`,
    `echo 0 > /proc/sys/net/ipv6/conf/${device}/accept_dad`,
    `ip link set ${device} up`,
    `ip address add ${address.inet}/32 dev ${device}`,
    `ip route add default via ${router.inet} dev ${device} onlink table ${table}`,
    `ip rule add from ${address.inet} lookup ${table} priority 1536`,
    `ip -6 address add ${address.inet6}/128 dev ${device} nodad`,
    `ip -6 route add default via ${router.inet6} dev ${device} onlink table ${table}`,
    `ip -6 rule add from ${address.inet6} lookup ${table} priority 1536`,
  );
  await answers(node, `${router.inet6}%${device}`);
}

async function answers(from: Pick<SandboxNamespace, 'exec'>, address: string): Promise<void> {
  for (let left = 5; left > 0; left--) if (await ping(from, address)) return;
  throw new Error(`${address} does not answer`);
}

/** A pod of the node with an address of the VNIC. */
export async function pod(
  vcn: Vcn,
  node: VcnNode,
  vnic: { table: number },
  address: string,
): Promise<SandboxNamespace> {
  const namespace = vcn.sandbox.namespace(`pod ${address}`);
  const v6 = address.includes(':');
  const [ip, gateway, bits] = v6 ? ['ip -6', 'fe80::1', 128] : ['ip', '169.254.1.1', 32];
  const link = `pod${(await sh(node, 'ip -br link | grep -c "^pod" || true')).trim()}`;
  await sh(
    node,
    `ip link add ${link} mtu 9000 type veth peer name eth0 mtu 9000 netns ${namespace.path}`,
    `echo 0 > /proc/sys/net/ipv6/conf/${link}/accept_dad`,
    ...(v6
      ? [`ip -6 address add fe80::1/64 dev ${link} nodad`]
      : [
          `echo 1 > /proc/sys/net/ipv4/conf/${link}/proxy_arp`,
          `echo 0 > /proc/sys/net/ipv4/neigh/${link}/proxy_delay`,
        ]),
    `ip link set ${link} up`,
    `${ip} route add ${address}/${bits} dev ${link}`,
    `${ip} rule add to ${address} lookup main priority 512`,
    `${ip} rule add from ${address} lookup ${vnic.table} priority 1536`,
  );
  await sh(
    namespace,
    'echo 0 > /proc/sys/net/ipv6/conf/eth0/accept_dad',
    'ip link set eth0 up',
    `${ip} address add ${address}/${bits} dev eth0 ${v6 ? 'nodad' : ''}`,
    `${ip} route add default via ${gateway} dev eth0 onlink`,
  );
  // The first solicitation may come before the other end has joined the group.
  if (v6) await answers(namespace, 'fe80::1%eth0');
  return namespace;
}

/** Whether one echo request was answered within a second. */
export async function ping(
  from: Pick<SandboxNamespace, 'exec'>,
  to: string,
  options: { source?: string; size?: number; count?: number } = {},
): Promise<boolean> {
  const { source, size = 56, count = 1 } = options;
  const { code } = await from.exec('ping', [
    ...['-n', '-c', `${count}`, '-i', '0.01', '-W', '1', '-s', `${size}`, '-M', 'do'],
    ...(source ? ['-I', source] : []),
    to,
  ]);
  return code === 0;
}

export async function setGroups(vcn: Vcn, vnic: VnicFacts, nsgIds: string[]): Promise<void> {
  updateVnic(vcn.cloud.world, vcn.cloud.world.vnics.get(vnic.id)!, { nsgIds });
  await vcn.settled();
}

/** Packets matching an nft match that came into the namespace while `work` was done. */
export async function arrivals(
  namespace: Pick<SandboxNamespace, 'exec'>,
  match: string,
  work: () => Promise<void>,
): Promise<number> {
  const chain = `chain in { type filter hook prerouting priority -400; ${match} counter; }`;
  await sh(namespace, `nft 'table inet arrivals { ${chain}; }'`);
  try {
    await work();
    const listed = await sh(namespace, 'nft list table inet arrivals');
    return Number(/counter packets (\d+)/.exec(listed)![1]);
  } finally {
    await sh(namespace, 'nft delete table inet arrivals');
  }
}
