import { captureNamespace, type HostCapture, pairVeths } from '@vcn-cni/pod-network';
import type { NodeReading } from './read-node.ts';

/** Readings of several nodes as `explain` takes them: parsed, and the two ends of each veth brought together. */
export function parseReadings(readings: readonly NodeReading[]): HostCapture[] {
  return readings.map(({ name, namespaces, vnics }) => ({
    ...{ name, root: name, vnics },
    namespaces: pairVeths(namespaces.map(captureNamespace)),
  }));
}
