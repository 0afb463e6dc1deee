import { expect } from 'vitest';
import { type Family, ownsAssignment, ownsVnic } from '../src/index.ts';
import type { FakeCloud } from '../src/testing/index.ts';
import type { FixtureNode } from './fixture-node.ts';
import { addressesOf } from './fixture-pool.ts';

/** Every pod's address is assigned to the VNIC that it is said to be on: none in use was released. */
export function expectUseIsAssigned(cloud: FakeCloud, node: FixtureNode, context: string): void {
  const assigned = new Map(
    cloud.books
      .assignments()
      .flatMap(({ cidr, vnicId }) => addressesOf(cidr).map((address) => [address, vnicId])),
  );
  for (const { address, vnic } of node.pool.leased())
    expect(assigned.get(address), `${context}: ${address} in use`).toBe(vnic);
}

/** What bears our tags is what the pool has, all attached: nothing leaked, nothing is missing. */
export function expectBooksMatch(cloud: FakeCloud, node: FixtureNode, context: string): void {
  const { instanceId } = node;
  const vnics = cloud.books.vnics(instanceId).filter((vnic) => ownsVnic(vnic, instanceId));
  const ours = cloud.books
    .assignments()
    .filter((assignment) => ownsAssignment(assignment, instanceId));
  const text = (items: { cidr: string; vnic: string }[]): string[] =>
    items.map(({ cidr, vnic }) => `${cidr} ${vnic}`).sort();
  expect(text(ours.map(({ cidr, vnicId }) => ({ cidr, vnic: vnicId }))), context).toEqual(
    text([...node.pool.blocks()]),
  );
  expect(
    vnics.map(({ lifecycle }) => lifecycle),
    context,
  ).toEqual(vnics.map(() => 'attached'));
  const used = new Set(ours.map(({ vnicId }) => vnicId));
  expect(
    vnics.filter(({ id }) => !used.has(id ?? '')),
    `${context}: empty VNICs`,
  ).toEqual([]);
}

/** The pool has what it wants, and not much more, unless pods are on every block. */
export function expectConverged(node: FixtureNode, context: string): void {
  for (const [family, bounds] of Object.entries(node.pool.wanted())) {
    const held = node.pool.capacity(family as Family);
    expect(held, `${context}: ${family}`).toBeGreaterThanOrEqual(bounds.atLeast);
    const idle = node.pool
      .usage()
      .some(({ cidr, leased }) => leased === 0 && cidr.includes(':') === (family === 'inet6'));
    if (idle) expect(held, `${context}: ${family}`).toBeLessThanOrEqual(bounds.atMost);
  }
}
