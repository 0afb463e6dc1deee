import type { AssignMode } from '@vcn-cni/oci-vnic';
import { expect, test } from 'vitest';
import { expectNoLeak, expectUseIsAssigned } from './oci-books.ts';
import { createNode, type OciNode, type OciNodeOptions } from './oci-node.ts';
import { type OciWorld, type OciWorldOptions, startWorld } from './oci-world.ts';

const minute = 60_000;
const hour = 60 * minute;

interface Case {
  what: string;
  mode: AssignMode;
  world?: OciWorldOptions;
  node?: Partial<OciNodeOptions>;
  /** Before the node starts. */
  tighten?(world: OciWorld): void;
  /** Pods that are served of the 110 wanted. */
  served: number;
  wait: object;
  /** VNICs that are attached for it, if that is not clear. */
  vnics?: number;
  /** Changes that are tried in an hour of it. */
  attempts: number;
  /** Gives room again. */
  relieve?(world: OciWorld): void;
}

const smallSubnet = { cidrBlocks: ['10.0.16.0/27'] };
const knowing = (vnics: number): Partial<OciNodeOptions> => ({
  settings: {
    observeEveryMs: 5 * minute,
    limits: {
      vnics,
      objectsPerVnic: { inet: 31, inet6: 31 },
      addressesPerVnic: 256,
      attachingAtOnce: 4,
    },
  },
});
let strangers: string[] = [];
const occupy = ({ cloud, subnetId }: OciWorld): void => {
  strangers = Array.from({ length: 15 }, () => {
    const details = { createVnicDetails: { subnetId } };
    return cloud.launchInstance(details).id;
  });
};
const leave = ({ cloud }: OciWorld): void => {
  for (const id of strangers) cloud.terminateInstance(id);
};

const cases: Case[] = [
  {
    what: 'the subnet is full, and who fills it leaves',
    mode: 'single',
    world: smallSubnet,
    tighten: occupy,
    served: 29 - 15 - 4,
    wait: { cause: 'limit-reached' },
    attempts: 40,
    relieve: leave,
  },
  {
    what: 'the subnet is full and says so: nothing is tried',
    mode: 'single',
    world: smallSubnet,
    node: { usage: true },
    tighten: occupy,
    served: 29 - 15 - 4,
    wait: { cause: 'subnet-full' },
    attempts: 0,
    relieve: leave,
  },
  {
    what: 'the subnet has no place for a block',
    mode: 'block',
    world: { cidrBlocks: ['10.0.16.0/28', '10.0.32.0/26'] },
    served: 32,
    wait: { cause: 'limit-reached' },
    attempts: 10,
    vnics: 2,
  },
  {
    what: 'the instance may have no more VNICs, which is known',
    mode: 'single',
    world: { ocpus: 3 },
    node: knowing(3),
    served: 62,
    wait: { cause: 'instance-full' },
    attempts: 0,
  },
  {
    what: 'the instance may have no more VNICs, which was not known',
    mode: 'single',
    world: { ocpus: 3 },
    node: knowing(24),
    served: 62,
    wait: { cause: 'limit-reached' },
    attempts: 15,
  },
  {
    what: 'a quota of the compartment',
    mode: 'bulk',
    tighten: ({ cloud }) => {
      const effect = { kind: 'answer', status: 400, code: 'QuotaExceeded' } as const;
      cloud.faults.inject({ operation: 'AttachVnic', effect });
    },
    served: 0,
    wait: { cause: 'limit-reached' },
    attempts: 15,
    relieve: ({ cloud }) => cloud.faults.clear(),
  },
  {
    what: 'a VNIC holds fewer than was thought',
    mode: 'single',
    world: { limits: { privateIpsPerVnic: 20 } },
    served: 110,
    wait: { cause: 'limit-reached' },
    attempts: 60,
  },
];

test.each(cases)('$what', async (one) => {
  await using world = await startWorld({ profile: 'oci-like', seed: one.what, ...one.world });
  one.tighten?.(world);
  const node = createNode(world, {
    modes: [one.mode],
    settings: { observeEveryMs: 5 * minute },
    ...one.node,
  });
  await world.pass(async () => {
    node.pool.setPods(110);
    await node.run(10 * minute);
    expect(node.pool.served()).toBe(one.served);
    expect([...node.told.values()]).toContainEqual(expect.objectContaining(one.wait));
    expectUseIsAssigned(node, 'at the limit');
    const attached = world.cloud.books({ instanceId: world.instanceId }).vnics.length - 1;
    expect(attached).toBe(one.vnics ?? attached);
    const before = changes(node);
    await node.run(hour);
    expect(changes(node) - before, 'attempts in an hour').toBeLessThanOrEqual(one.attempts);
    expect(node.pool.served()).toBe(one.served);

    one.relieve?.(world);
    await node.run(hour);
    if (one.relieve) expect(node.pool.served()).toBeGreaterThan(one.served);
    node.pool.setPods(0);
    await node.rest(2 * hour);
    expectNoLeak(node, 'in the end');
  });
});

/** Calls that would change something, carried out or not. */
function changes({ world }: OciNode): number {
  return Object.entries(world.cloud.calls.counts().operations)
    .filter(([call]) => !/^(Get|List)/.test(call))
    .flatMap(([, outcomes]) => Object.values(outcomes))
    .reduce((sum, count) => sum + count, 0);
}
