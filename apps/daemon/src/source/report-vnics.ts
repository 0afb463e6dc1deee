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

/** What is waited for, each with its words. */
export function waitsOf({ source, view, pool, now }: Reporting): WaitReport[] {
  const waits = [...(source?.waits() ?? []), ...view.missing()];
  return describeWaits(waits, now(), pool.counts().waiting);
}

/** Why no pod could have an address now, in words; undefined if there are blocks of each family that pods have. */
export function whyNoAddresses(reporting: Reporting): string | undefined {
  const { pool, view } = reporting;
  const active = pool.blocks().filter(({ service }) => service === 'active');
  const lacking = view
    .facts()
    .families.filter((wanted) => !active.some(({ family }) => family === wanted));
  if (lacking.length === 0) return undefined;
  const names = lacking.map((family) => (family === 'inet' ? 'IPv4' : 'IPv6'));
  const [wait] = waitsOf(reporting);
  const why = wait?.text ?? 'the source of addresses has not been heard';
  return `there are no ${names.join(' and ')} addresses for pods: ${why}`;
}
