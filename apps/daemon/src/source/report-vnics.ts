import type { AttachmentRecord } from '@vcn-cni/attachment';
import type { BlockCounts, PoolCounts } from '@vcn-cni/ipam';
import type { HostSettings } from '@vcn-cni/pod-network';
import type { Config } from '../config/schema.ts';
import type { NodeView } from '../node/node-view.ts';
import type { VnicsReport, WaitReport } from '../vnics-report.ts';
import type { AddressSource } from './address-source.ts';
import { describeVnics, strandedPods } from './describe-vnics.ts';
import { describeWaits } from './describe-waits.ts';

export interface Reporting {
  config: Config;
  settings: HostSettings;
  /** Absent: the blocks of the configuration are all there is. */
  source: AddressSource | undefined;
  view: Pick<NodeView, 'facts' | 'missing'>;
  pool: { counts(): PoolCounts; blocks(): BlockCounts[] };
  /** Milliseconds of CLOCK_BOOTTIME. */
  now(): number;
}

/** The VNICs with their addresses, and what is waited for. */
export function reportVnics(
  reporting: Reporting,
  records: readonly AttachmentRecord[],
): VnicsReport {
  const { config, settings, source, view, pool } = reporting;
  const counts = pool.blocks();
  return {
    mode: config.pool.mode,
    source: source?.origin() ?? 'configuration',
    vnics: describeVnics(source?.vnics() ?? [], view.facts(), counts, settings),
    waits: waitsOf(reporting),
    stranded: strandedPods(records, counts),
  };
}

function waitsOf({ source, view, pool, now }: Reporting): WaitReport[] {
  const waits = [...(source?.waits() ?? []), ...view.missing()];
  return describeWaits(waits, now(), pool.counts().waiting);
}

/** Why no pod could have an address now, in words; undefined if some are there or in use. */
export function whyNoAddresses(reporting: Reporting): string | undefined {
  if (reporting.pool.counts().total > 0) return undefined;
  const [wait] = waitsOf(reporting);
  return `there are no pod addresses yet: ${wait?.text ?? 'the cloud has not been heard'}`;
}
