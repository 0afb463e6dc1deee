import type { SimulatedClock } from './simulated-clock.ts';

/** Milliseconds, from the first to the second. */
export type Span = readonly [number, number];

/** How long the fake cloud takes. Chosen, not measured: Oracle publishes no durations. */
export interface FakeTimes {
  read: Span;
  write: Span;
  /** From the answer to AttachVnic until the VNIC exists, and until it is attached. */
  provisioned: Span;
  attached: Span;
  detached: Span;
  /** A bulk call: until it begins, and each item of it. */
  bulk: Span;
  bulkItem: Span;
  /** From the answer until an IPv6 is available. */
  ipv6Provisioned: Span;
  /** How long a subnet is UPDATING after the first block of its first CIDR. */
  subnetUpdating: Span;
  /** For how long a listing does not show a change. */
  listLag: Span;
}

/** What goes wrong by itself, each with its probability per call. */
export interface FakeFaults {
  throttled: number;
  serverError: number;
  /** Done, and no answer comes. */
  lost: number;
  /** A change is refused for the state that something is in. */
  conflict: number;
}

export interface FakeSubnet {
  id: string;
  /** IPv4, and at most one IPv6 of 64 bits written with `::` at its end. */
  cidrs: readonly string[];
}

export interface FakeCloudOptions {
  clock: SimulatedClock;
  seed?: number;
  subnets: readonly FakeSubnet[];
  limits?: { vnics?: number; objectsPerVnic?: number };
  times?: Partial<FakeTimes>;
  faults?: Partial<FakeFaults>;
}

export const fakeTimes: FakeTimes = {
  read: [60, 200],
  write: [250, 700],
  provisioned: [1_000, 3_000],
  attached: [8_000, 20_000],
  detached: [5_000, 12_000],
  bulk: [1_000, 2_500],
  bulkItem: [40, 90],
  ipv6Provisioned: [300, 1_200],
  subnetUpdating: [20_000, 40_000],
  listLag: [0, 0],
};

export const noFaults: FakeFaults = { throttled: 0, serverError: 0, lost: 0, conflict: 0 };
