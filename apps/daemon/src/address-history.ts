import type { AttachmentRecord } from '@vcn-cni/attachment';
import type { AddressState, PastHolder } from '@vcn-cni/ipam';

/** Who had an address, and when, as `vcnctl history` shows it. */
export interface AddressHistory {
  address: string;
  state: AddressState['state'];
  /** CIDR, and OCID; empty for an address that is not of this node. */
  block: string;
  vnic: string;
  /** Who has it now. */
  holder?: AddressHolder;
  /** In how many milliseconds it may be leased again, if it cools. */
  coolsForMs?: number;
  /** The last one first; only the last few thousand leases of the node are known. */
  before: (AddressHolder & { until: string })[];
}

export interface AddressHolder {
  network: string;
  containerId: string;
  ifname: string;
  /** `namespace/name`, of those that are still there. */
  pod?: string;
  /** ISO 8601. */
  since: string;
}

/** Pure; `now` in milliseconds of the clock of the records, `today` in those of the epoch. */
export function describeHistory(
  { address, state, block, vnic, until }: AddressState,
  past: readonly PastHolder[],
  record: AttachmentRecord | undefined,
  { now, today }: { now: number; today: number },
): AddressHistory {
  const date = (at: number) => new Date(today - (now - at)).toISOString();
  return {
    ...{ address, state, block, vnic },
    ...(record && { holder: holderOf(record, date) }),
    ...(until !== undefined && { coolsForMs: Math.max(0, until - now) }),
    before: past.map(({ key, leasedAt, releasedAt }) => ({
      ...{ ...key, since: date(leasedAt), until: date(releasedAt) },
    })),
  };
}

function holderOf(
  { key, startedAt, detail }: AttachmentRecord,
  date: (at: number) => string,
): AddressHolder {
  const { pod } = detail.spec;
  return {
    ...key,
    ...(pod && { pod: `${pod.namespace}/${pod.name}` }),
    since: date(Number(startedAt / 1_000_000n)),
  };
}
