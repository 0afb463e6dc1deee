/**
 * How long the plugin waits, in milliseconds. Connecting is tried again until its deadline, so that a
 * daemon's restart is never seen as an error. Set by `VCN_CNI_CONNECT_TIMEOUT_MS` (whatever the
 * verb) and `VCN_CNI_TIMEOUT_MS`.
 */
export const deadlines = {
  connect: 5_000,
  connectDel: 2_000,
  connectStatus: 1_000,
  /** From the first attempt to connect to the whole answer. */
  total: 60_000,
} as const;
