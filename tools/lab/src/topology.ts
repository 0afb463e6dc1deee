import type { Sandbox, SandboxNamespace } from '@vcn-cni/netlink/sandbox';

/** Addresses of the laboratory, as a small VCN would have them. */
export const addresses = {
  node: { inet: '10.77.0.10', inet6: 'fd77::10' },
  router: { inet: '10.77.0.1', inet6: 'fd77::1' },
  outside: { inet: '203.0.113.10', inet6: 'fd00:113::10' },
  outsideRouter: { inet: '203.0.113.1', inet6: 'fd00:113::1' },
} as const;

/** The node's primary interface. */
export const uplink = 'ens3';

/** Bytes; what a VNIC has. */
export const mtu = 9000;

export interface Topology {
  node: SandboxNamespace;
  router: SandboxNamespace;
  outside: SandboxNamespace;
}

/**
 * A node behind the virtual router of its subnet, and a host beyond it. The router delivers the pod
 * blocks to the node, as a VCN does for the addresses of a VNIC, and translates nothing.
 */
export async function build(sandbox: Sandbox, blocks: readonly string[]): Promise<Topology> {
  const node = sandbox.namespace('node');
  const router = sandbox.namespace('router');
  const outside = sandbox.namespace('outside');
  // Link-local addresses are there at once: nothing waits for duplicate detection, and states compare.
  for (const namespace of [router, outside]) {
    await settings(namespace, ['net.ipv6.conf.default.accept_dad=0']);
  }
  await batch(router, [
    `link add name to-node mtu ${mtu} type veth peer name ${uplink} mtu ${mtu} netns ${node.path}`,
    `link add name to-outside mtu ${mtu} type veth peer name eth0 mtu ${mtu} netns ${outside.path}`,
    `address add ${addresses.router.inet}/24 dev to-node`,
    `address add ${addresses.router.inet6}/64 dev to-node nodad`,
    `address add ${addresses.outsideRouter.inet}/24 dev to-outside`,
    `address add ${addresses.outsideRouter.inet6}/64 dev to-outside nodad`,
    'link set dev to-node up',
    'link set dev to-outside up',
  ]);
  await settings(router, ['net.ipv4.ip_forward=1', 'net.ipv6.conf.all.forwarding=1']);
  await settings(node, ['net.ipv6.conf.ens3.accept_dad=0']);
  await batch(node, [
    `address add ${addresses.node.inet}/24 dev ${uplink}`,
    `address add ${addresses.node.inet6}/64 dev ${uplink} nodad`,
    `link set dev ${uplink} up`,
    `route add default via ${addresses.router.inet} dev ${uplink}`,
    `route add default via ${addresses.router.inet6} dev ${uplink}`,
  ]);
  await batch(outside, [
    `address add ${addresses.outside.inet}/24 dev eth0`,
    `address add ${addresses.outside.inet6}/64 dev eth0 nodad`,
    'link set dev eth0 up',
    `route add default via ${addresses.outsideRouter.inet} dev eth0`,
    `route add default via ${addresses.outsideRouter.inet6} dev eth0`,
  ]);
  await batch(
    router,
    blocks.map((block) =>
      block.includes(':')
        ? `route add ${block} via ${addresses.node.inet6} dev to-node`
        : `route add ${block} via ${addresses.node.inet} dev to-node`,
    ),
  );
  return { node, router, outside };
}

async function batch(namespace: SandboxNamespace, lines: readonly string[]): Promise<void> {
  const input = `${lines.join('\n')}\n`;
  const { code, stderr } = await namespace.exec('ip', ['-batch', '-'], { input });
  if (code !== 0) throw new Error(`ip -batch failed: ${stderr}\n${input}`);
}

async function settings(namespace: SandboxNamespace, values: readonly string[]): Promise<void> {
  const script = values.map((value) => {
    const [name, setting] = value.split('=');
    return `echo ${setting} > /proc/sys/${name!.replaceAll('.', '/')}`;
  });
  const { code, stderr } = await namespace.exec('sh', ['-ec', script.join('\n')]);
  if (code !== 0) throw new Error(`settings failed: ${stderr}`);
}
