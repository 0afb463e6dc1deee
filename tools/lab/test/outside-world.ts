import type { SandboxNamespace } from '@vcn-cni/netlink/sandbox';
import {
  createVcnLab,
  type LabPod,
  type VcnLab,
  type VcnLabNode,
  type VcnLabOptions,
} from '../src/index.ts';

export const families = ['inet', 'inet6'] as const;
export const header = { inet: 'ip', inet6: 'ip6' } as const;

export interface OutsideWorld extends AsyncDisposable {
  lab: VcnLab;
  one: VcnLabNode;
  two: VcnLabNode;
  /** Two pods of the first node, one of the second. */
  alpha: LabPod;
  beta: LabPod;
  gamma: LabPod;
}

/** Two nodes with pods. */
export async function startWorld(options: VcnLabOptions): Promise<OutsideWorld> {
  await using stack = new AsyncDisposableStack();
  const lab = stack.use(await createVcnLab(options));
  const [one, two] = lab.nodes as [VcnLabNode, VcnLabNode];
  await Promise.all(lab.nodes.map((node) => node.startDaemon()));
  await Promise.all(lab.nodes.map((node) => node.stocked()));
  const [alpha, beta, gamma] = await Promise.all([
    one.pod('alpha'),
    one.pod('beta'),
    two.pod('gamma'),
  ]);
  await Promise.all([alpha, beta, gamma].map((pod) => pod.add()));
  const kept = stack.move();
  return {
    ...{ lab, one, two, alpha, beta, gamma },
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  };
}

/** The VNICs of both nodes that lost something for its source, and how much. */
export async function lostForSource({ vcn, nodes }: VcnLab): Promise<string[]> {
  const vnics = nodes.flatMap(({ name, instanceId }) =>
    vcn.cloud
      .facts()
      .vnics.filter((vnic) => vnic.instanceId === instanceId)
      .map(({ id }) => ({ id, device: `${name} ${vcn.fabric.device(id)}` })),
  );
  const counted = vnics.map(async ({ id, device }) => ({
    device,
    drops: await vcn.fabric.drops(id),
  }));
  const losing = (await Promise.all(counted)).filter(({ drops }) => drops > 0);
  return losing.map(({ device, drops }) => `${device}: ${drops}`);
}

/** A host without pods in a subnet of the VCN. */
export async function bootHost({ vcn }: VcnLab, subnetName: string) {
  const subnet = vcn.subnets[subnetName]!;
  const { id } = vcn.cloud.launchInstance({
    displayName: `host of ${subnetName}`,
    createVnicDetails: { subnetId: subnet.id, assignIpv6Ip: true },
  });
  await vcn.settled();
  const vnic = vcn.cloud.facts().vnics.find(({ instanceId }) => instanceId === id)!;
  const namespace = vcn.fabric.node(id);
  const device = vcn.fabric.device(vnic.id)!;
  const { inet, inet6 } = vnic.address;
  const { virtualRouter } = subnet;
  await run(
    namespace,
    'ip',
    ['-batch', '-'],
    [
      `link set dev ${device} up`,
      `address add ${inet}/32 dev ${device}`,
      `address add ${inet6}/128 dev ${device} nodad`,
      `route add default via ${virtualRouter.inet} dev ${device} onlink`,
      `route add default via ${virtualRouter.inet6} dev ${device} onlink`,
    ],
  );
  return { namespace, address: { inet: inet!, inet6: inet6! } };
}

/** Runs a command that must succeed; what it printed. */
export async function run(
  namespace: SandboxNamespace,
  command: string,
  args: string[],
  input: string[] = [],
): Promise<string> {
  const text = input.map((line) => `${line}\n`).join('');
  const { code, stdout, stderr } = await namespace.exec(command, args, { input: text });
  if (code === 0) return stdout;
  throw new Error(`${command} ${args.join(' ')}: ${stderr}${text}`);
}

/** Counts packets that reach a namespace, or what of it answers itself, by nft matches; one number for each. */
export async function countArriving(
  namespace: SandboxNamespace,
  matches: readonly string[],
  hook: 'prerouting' | 'input' = 'prerouting',
): Promise<() => Promise<number[]>> {
  const rules = matches.map((match) => `${match} counter`);
  const table = `counting-${hook}`;
  await run(
    namespace,
    'nft',
    ['-f', '-'],
    [
      `add table inet ${table}`,
      `delete table inet ${table}`,
      `table inet ${table} {`,
      `chain seen { type filter hook ${hook} priority -400;`,
      ...rules,
      '}',
      '}',
    ],
  );
  return async () => {
    const text = await run(namespace, 'nft', ['list', 'table', 'inet', table]);
    return [...text.matchAll(/counter packets (\d+)/g)].map(([, packets]) => Number(packets));
  };
}
