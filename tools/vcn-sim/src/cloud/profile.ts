/** Milliseconds, from the first to the second. */
export type Span = readonly [number, number];

/** How the simulated service behaves. The durations are chosen, not measured: Oracle publishes none. */
export interface Profile {
  name: ProfileName;
  /** Until an answer comes. */
  latency: { read: Span; write: Span };
  /** From the answer to AttachVnic until the VNIC has an id, and until it is attached. */
  attach: { provisioned: Span; attached: Span };
  detach: Span;
  /** A bulk call: until it begins, and each item of it. */
  bulk: { begin: Span; item: Span };
  ipv6: { provisioned: Span; terminated: Span };
  /** The subnet is UPDATING when a first block is taken from its first CIDR. */
  subnetUpdating: { base: Span; perAddress: number };
  /** How far the metadata service is behind. */
  metadataLag: Span;
  /** Calls that a caller may make; absent: as many as it likes. */
  rate?: { read: Rate; write: Rate };
  /** What goes wrong by itself, each with its probability per call. */
  chance: {
    throttled: number;
    /** The beginning of a time in which every call is throttled. */
    storm: number;
    serverError: number;
    /** Done, and the connection breaks before the answer. */
    lost: number;
    stuckAttaching: number;
    subnetUpdating: number;
  };
  storm: Span;
  stuckAttaching: Span;
  /** Which status an address gets that is taken already: Oracle does not say. */
  takenAddress: 400 | 409;
}

/** Calls per second, and how many at once. */
export interface Rate {
  perSecond: number;
  burst: number;
}

const never = {
  throttled: 0,
  storm: 0,
  serverError: 0,
  lost: 0,
  stuckAttaching: 0,
  subnetUpdating: 0,
};

const ociLike: Profile = {
  name: 'oci-like',
  latency: { read: [60, 200], write: [250, 700] },
  attach: { provisioned: [1_000, 3_000], attached: [8_000, 20_000] },
  detach: [5_000, 12_000],
  bulk: { begin: [1_000, 2_500], item: [40, 90] },
  ipv6: { provisioned: [300, 1_200], terminated: [300, 1_000] },
  subnetUpdating: { base: [20_000, 40_000], perAddress: 50 },
  metadataLag: [500, 2_000],
  chance: never,
  storm: [0, 0],
  stuckAttaching: [0, 0],
  takenAddress: 409,
};

export const profiles = {
  /** As quick as it can be, in the right order: a VNIC is still ATTACHING at first. */
  fast: {
    ...ociLike,
    name: 'fast',
    latency: { read: [0, 0], write: [0, 0] },
    attach: { provisioned: [5, 5], attached: [20, 20] },
    detach: [20, 20],
    bulk: { begin: [5, 5], item: [1, 1] },
    ipv6: { provisioned: [5, 5], terminated: [5, 5] },
    subnetUpdating: { base: [100, 100], perAddress: 0 },
    metadataLag: [0, 0],
  },
  'oci-like': ociLike,
  /** A tenancy in which many nodes start at once. */
  throttled: {
    ...ociLike,
    name: 'throttled',
    rate: { read: { perSecond: 4, burst: 8 }, write: { perSecond: 1, burst: 3 } },
  },
  /** Everything that goes wrong, often. */
  flaky: {
    ...ociLike,
    name: 'flaky',
    chance: {
      throttled: 0.08,
      storm: 0.01,
      serverError: 0.06,
      lost: 0.06,
      stuckAttaching: 0.15,
      subnetUpdating: 0.02,
    },
    storm: [5_000, 20_000],
    stuckAttaching: [120_000, 300_000],
    metadataLag: [5_000, 60_000],
    takenAddress: 400,
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = 'fast' | 'oci-like' | 'throttled' | 'flaky';
