import type { AttachmentRecord } from '@vcn-cni/attachment';
import type { BlockCounts } from '@vcn-cni/ipam';
import { type HostSettings, type NodeFacts, vnicTable } from '@vcn-cni/pod-network';
import type { VnicBlock, VnicReport } from '../vnics-report.ts';
import type { SourcedVnic } from './address-source.ts';

/** The VNICs of a source as the host and the pool have them, then those of which only pods remember. Pure. */
export function describeVnics(
  sourced: readonly SourcedVnic[],
  { primary, secondaries }: NodeFacts,
  counts: readonly BlockCounts[],
  settings: HostSettings,
): VnicReport[] {
  const blocksOf = Map.groupBy(counts, ({ vnic }) => vnic);
  const shared: SourcedVnic[] = blocksOf.has(primary.id)
    ? [
        {
          ...{ id: primary.id, name: primary.id, state: 'attached' },
          addresses: Object.values(primary.addresses),
          ...(primary.mac !== undefined && { mac: primary.mac }),
        },
      ]
    : [];
  const told = [...shared, ...sourced];
  const ids = new Set(told.map(({ id }) => id));
  const forgotten = [...blocksOf.keys()]
    .filter((id) => !ids.has(id))
    .map((id): SourcedVnic => ({ id, name: id, state: 'gone', addresses: [] }));
  return [...told, ...forgotten].map((vnic): VnicReport => {
    const { id, name, subnet, state, mac, addresses } = vnic;
    const secondary = secondaries.find((candidate) => candidate.id === id);
    const isPrimary = id === primary.id;
    const blocks = (blocksOf.get(id ?? '') ?? []).map(toBlock);
    return {
      ...{ id: id ?? null, name, subnet: subnet ?? null, state },
      device: isPrimary ? primary.name : (secondary?.name ?? null),
      mac: mac ?? null,
      table: isPrimary
        ? settings.tables.primary
        : secondary
          ? vnicTable(secondary, settings)
          : null,
      addresses: [...addresses],
      blocks,
      free: sum(blocks, ({ free }) => free),
      used: sum(blocks, ({ leased, cooling }) => leased + cooling),
    };
  });
}

/** Pods with an address that no VNIC of this node carries any more, by name. Pure. */
export function strandedPods(
  records: readonly AttachmentRecord[],
  counts: readonly BlockCounts[],
): string[] {
  const removed = new Set(
    counts
      .filter(({ service }) => service === 'removed')
      .map(({ cidr, vnic }) => `${vnic} ${cidr}`),
  );
  return records
    .filter(({ lease }) =>
      lease.addresses.some(({ vnic, block }) => removed.has(`${vnic} ${block}`)),
    )
    .map(({ key, detail: { spec } }) =>
      spec.pod ? `${spec.pod.namespace}/${spec.pod.name}` : key.containerId,
    );
}

function toBlock({ cidr, total, leased, cooling, free, service }: BlockCounts): VnicBlock {
  return { cidr, total, leased, cooling, free, service };
}

function sum(blocks: readonly VnicBlock[], of: (block: VnicBlock) => number): number {
  return blocks.reduce((all, block) => all + of(block), 0);
}
