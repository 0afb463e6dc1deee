import { vnicApiCases } from '@vcn-cni/oci-vnic/testing';
import { expect, test } from 'vitest';
import { startWorld } from './oci-world.ts';

const profiles = ['fast', 'oci-like', 'throttled'] as const;

test.each(profiles.flatMap((profile) => vnicApiCases.map((apiCase) => ({ profile, ...apiCase }))))(
  '$profile: $name',
  async ({ profile, name, run }) => {
    await using world = await startWorld({ profile, seed: name });
    const { subnetId, sleep } = world;
    await world.pass(() => run({ api: world.api(world.client()), subnetId, sleep }));
    expect(world.cloud.calls.counts().operations).not.toHaveProperty('Unknown');
  },
);
