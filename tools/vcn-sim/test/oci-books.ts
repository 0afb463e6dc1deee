import { ownerTag } from '@vcn-cni/oci-vnic';
import { expect } from 'vitest';
import type { OciNode } from './oci-node.ts';

/** Every pod's address is on the VNIC that the pool says, and no two pods have the same one. */
export function expectUseIsAssigned({ pool, world }: OciNode, context: string): void {
  const booked = new Map(
    world.cloud.books({ instanceId: world.instanceId }).addresses.map((one) => [one.cidr, one]),
  );
  const leased = pool.leased();
  for (const { address, block, vnic } of leased) {
    const one = booked.get(block);
    const held = one && `${one.vnicId} ${one.state}`;
    expect(held, `${context}: ${address} of ${block} is in use`).toBe(`${vnic} AVAILABLE`);
  }
  const addresses = new Set(leased.map(({ address }) => address));
  expect(addresses.size, `${context}: addresses that two pods have`).toBe(leased.length);
}

/** What the cloud's books hold for the node is what its pool has: nothing is left over, nothing is missing. */
export function expectNoLeak({ pool, world }: OciNode, context: string): void {
  const { cloud, instanceId } = world;
  const ours = cloud.books({ tags: { [ownerTag]: instanceId } });
  const lines = (items: { cidr: string; vnic: string | undefined }[]): string[] =>
    items.map(({ cidr, vnic }) => `${cidr} ${vnic}`).sort();
  expect(
    lines(ours.addresses.map(({ cidr, vnicId }) => ({ cidr, vnic: vnicId }))),
    `${context}: addresses in the books, and in the pool`,
  ).toEqual(lines(pool.offered()));
  const used = new Set(pool.offered().map(({ vnic }) => vnic));
  const secondary = cloud.books({ instanceId }).vnics.filter(({ isPrimary }) => !isPrimary);
  expect(
    secondary.filter(({ id, state }) => state !== 'ATTACHED' || !used.has(id)),
    `${context}: VNICs without use`,
  ).toEqual([]);
  expect(secondary, `${context}: VNICs without a tag`).toEqual(ours.vnics);
  const untagged = cloud
    .books({ instanceId })
    .addresses.filter(({ isPrimary, freeformTags }) => !isPrimary && !freeformTags[ownerTag])
    .filter(({ cidr }) => !cidr.endsWith('/128'));
  expect(untagged, `${context}: addresses without a tag`).toEqual([]);
}

/** It holds what is wanted, and not much more unless pods are on all of it. */
export function expectConverged({ pool }: OciNode, context: string): void {
  const { inet } = pool.wanted();
  expect(pool.total('inet'), `${context}: addresses held`).toBeGreaterThanOrEqual(
    inet?.atLeast ?? 0,
  );
  const idle = pool.usage().some(({ cidr, leased }) => leased === 0 && !cidr.includes(':'));
  if (idle)
    expect(pool.total('inet'), `${context}: addresses held`).toBeLessThanOrEqual(inet?.atMost ?? 0);
}
