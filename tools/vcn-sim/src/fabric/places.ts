import type { VnicFacts } from '../cloud/facts.ts';
import type { Place } from './books.ts';

/** Names of network cards on a virtual machine: the primary's, and the first of the others. */
const primaryDevice = 'ens3';
const firstSlot = 5;

/** Gives each VNIC the lowest free card of its node, and keeps it as long as the VNIC is there. */
export function placeVnics(
  before: ReadonlyMap<string, Place>,
  vnics: readonly VnicFacts[],
): Map<string, Place> {
  const places = new Map<string, Place>();
  for (const { id } of vnics) {
    const place = before.get(id);
    if (place) places.set(id, place);
  }
  for (const { id, instanceId, isPrimary } of vnics) {
    if (places.has(id)) continue;
    const device = isPrimary ? primaryDevice : freeDevice(instanceId, [...places.values()]);
    places.set(id, { namespace: instanceId, device });
  }
  return places;
}

function freeDevice(namespace: string, places: readonly Place[]): string {
  const taken = new Set(
    places.filter((place) => place.namespace === namespace).map(({ device }) => device),
  );
  for (let slot = firstSlot; ; slot++) {
    if (!taken.has(`ens${slot}`)) return `ens${slot}`;
  }
}
