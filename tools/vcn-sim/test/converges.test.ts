import type { Family } from '@vcn-cni/ipam';
import type { AssignMode } from '@vcn-cni/oci-vnic';
import { type ProfileName, profiles } from '@vcn-cni/vcn-sim';
import { test } from 'vitest';
import { expectConverged, expectNoLeak, expectUseIsAssigned } from './oci-books.ts';
import { createNode } from './oci-node.ts';
import { startWorld } from './oci-world.ts';

const hour = 3_600_000;
const modes = ['block', 'bulk', 'single'] as const;
const names = Object.keys(profiles) as ProfileName[];

const both = ['inet', 'inet6'] as const;
const cases = [
  ...names.flatMap((profile) => modes.map((mode) => ({ profile, mode, families: ['inet'] }))),
  ...modes.map((mode) => ({ profile: 'flaky', mode, families: both })),
] as { profile: ProfileName; mode: AssignMode; families: Family[] }[];

test.each(cases)(
  '$profile, $mode, $families: 110 pods come and go, and nothing leaks',
  async ({ profile, mode, families }) => {
    await using world = await startWorld({ profile, seed: `${profile} ${mode}` });
    const node = createNode(world, { modes: [mode], pool: { families } });
    await world.pass(async () => {
      for (const pods of [110, 5, 60, 0]) {
        const context = `${pods} pods`;
        node.pool.setPods(pods);
        await node.until(context, () => node.pool.served() === pods, hour);
        expectUseIsAssigned(node, context);
        await node.rest(hour);
        expectUseIsAssigned(node, context);
        expectNoLeak(node, context);
        expectConverged(node, context);
      }
    });
  },
);
