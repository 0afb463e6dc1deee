import { sizeOf } from './cidr-size.ts';
import { type Gate, waitFor } from './gate.ts';
import type { Family } from './model.ts';
import type { Actual, AssignMode, Change, Operation, Wait, Wanted } from './plan-model.ts';
import type { Site, Survey } from './survey.ts';

type Assign = Extract<Change, { op: 'assign' | 'assign-many' }>;

/** What is ordered of a site at once. */
interface Order {
  change: Assign;
  objects: number;
  addresses: number;
}

export interface Growth {
  operations: Operation[];
  /** Addresses for which the VNICs that there are have no place. */
  missing: number;
  /** Subnets that gave nothing even to a VNIC that has nothing: another VNIC there would not help. */
  spent: string[];
}

const bits = { inet: 32, inet6: 128 } as const;

/**
 * How `lacking` addresses of a family are had from the VNICs that there are: the preferred way first, on the VNIC with
 * fewest addresses. Counts what it orders on the sites.
 */
export function planAssignments(
  family: Family,
  lacking: number,
  wanted: Wanted,
  sites: readonly Site[],
  gate: Gate,
): Growth {
  const operations: Operation[] = [];
  const open = sites.filter(({ subnet }) => subnet !== undefined);
  let missing = lacking;
  while (missing > 0) {
    const best = choose(family, missing, wanted, open, gate);
    if (best === undefined) break;
    operations.push(best.order.change);
    best.site.objects[family] += best.order.objects;
    best.site.addresses[family] += best.order.addresses;
    missing -= best.order.addresses;
  }
  const spent: string[] = [];
  for (const site of open) {
    if (missing <= 0) break;
    const wait = refusal(site, family, missing, wanted, gate);
    if (wait === undefined) continue;
    operations.push(wait);
    if (wait.cause === 'limit-reached' && site.objects[family] === 0)
      spent.push(site.vnic.subnetId);
    if (isPassing(wait)) missing -= roomOf(site, family, wanted);
  }
  return { operations, missing, spent };
}

/** How many VNICs are attached for what the present and coming ones cannot hold, where, and what hinders it. */
export function planAttachments(
  missing: Readonly<Record<Family, number>>,
  wanted: Wanted,
  actual: Actual,
  { coming, places }: Survey,
  spent: readonly string[],
  gate: Gate,
): Operation[] {
  const needed = Math.max(
    Math.ceil(missing.inet / roomOfVnic('inet', wanted)),
    Math.ceil(missing.inet6 / roomOfVnic('inet6', wanted)),
  );
  const lacking = needed - coming;
  if (lacking <= 0) return [];
  const waits: Wait[] = [];
  for (const { id, nsgIds, nicIndex } of wanted.subnets) {
    if (spent.includes(id)) continue;
    const change: Change = {
      op: 'attach',
      subnetId: id,
      nsgIds: nsgIds ?? [],
      assignIpv6: wanted.addresses.inet6 !== undefined,
      skipSourceDestCheck: wanted.skipSourceDestCheck,
      ...(nicIndex === undefined ? {} : { nicIndex }),
    };
    const wait = gate(change);
    if (wait) {
      waits.push(wait);
      continue;
    }
    if (places < lacking)
      waits.push(
        waitFor(
          actual,
          'instance-full',
          wanted.instanceId,
          `${lacking - Math.max(0, places)} VNICs missing`,
        ),
      );
    const count = Math.min(lacking, Math.max(0, places), wanted.limits.attachingAtOnce - coming);
    return [...waits, ...Array.from({ length: count }, () => change)];
  }
  return waits;
}

function choose(
  family: Family,
  missing: number,
  wanted: Wanted,
  sites: readonly Site[],
  gate: Gate,
): { site: Site; order: Order } | undefined {
  let best: { site: Site; order: Order; rank: number } | undefined;
  for (const site of sites) {
    const rank = openMode(site, family, wanted, gate);
    const order = rank === -1 ? undefined : orderFor(site, family, missing, wanted, rank);
    if (order === undefined) continue;
    const better =
      best === undefined ||
      rank < best.rank ||
      (rank === best.rank && site.addresses[family] < best.site.addresses[family]);
    if (better) best = { site, order, rank };
  }
  return best;
}

/** Which of the wanted modes is not held back on the site; -1 if all are. */
function openMode(site: Site, family: Family, wanted: Wanted, gate: Gate): number {
  return wanted.modes.findIndex((mode) => !gate(changeFor(site, family, mode, 1, wanted)));
}

function orderFor(
  site: Site,
  family: Family,
  missing: number,
  wanted: Wanted,
  rank: number,
): Order | undefined {
  const mode = wanted.modes[rank];
  const { limits } = wanted;
  const objects = limits.objectsPerVnic[family] - site.objects[family];
  const addresses = limits.addressesPerVnic - site.addresses[family];
  if (mode === undefined || objects <= 0 || addresses <= 0) return undefined;
  const size = mode === 'block' ? sizeOf(wanted.prefixLength[family], bits[family]) : 1;
  const count = mode === 'bulk' ? Math.min(missing, objects, addresses) : 1;
  if (size > addresses && site.addresses[family] > 0) return undefined;
  return {
    change: changeFor(site, family, mode, count, wanted),
    objects: count,
    addresses: count * size,
  };
}

function changeFor(
  site: Site,
  family: Family,
  mode: AssignMode,
  count: number,
  wanted: Wanted,
): Assign {
  const where = { vnicId: site.id, subnetId: site.vnic.subnetId, family };
  if (mode === 'bulk') return { op: 'assign-many', ...where, count };
  if (mode === 'single') return { op: 'assign', ...where };
  return { op: 'assign', ...where, cidrPrefixLength: wanted.prefixLength[family] };
}

/** Why a site with room gives nothing now. */
function refusal(
  site: Site,
  family: Family,
  missing: number,
  wanted: Wanted,
  gate: Gate,
): Wait | undefined {
  if (orderFor(site, family, missing, wanted, 0) === undefined) return undefined;
  return gate(changeFor(site, family, wanted.modes[0] ?? 'single', 1, wanted));
}

/** Whether what hinders a VNIC ends by itself, so that another VNIC is not needed for it. */
function isPassing({ cause }: Wait): boolean {
  return cause !== 'limit-reached' && !cause.startsWith('subnet-');
}

/** Addresses that a VNIC can still hold, by the preferred mode. */
function roomOf(site: Site, family: Family, { limits, modes, prefixLength }: Wanted): number {
  const size = modes[0] === 'block' ? sizeOf(prefixLength[family], bits[family]) : 1;
  const objects = limits.objectsPerVnic[family] - site.objects[family];
  return Math.max(0, Math.min(objects * size, limits.addressesPerVnic - site.addresses[family]));
}

/** Addresses that a new VNIC can hold, by the preferred mode. */
function roomOfVnic(family: Family, { limits, modes, prefixLength }: Wanted): number {
  const size = modes[0] === 'block' ? sizeOf(prefixLength[family], bits[family]) : 1;
  const fitting = Math.max(1, Math.floor(limits.addressesPerVnic / size));
  return Math.max(1, Math.min(limits.objectsPerVnic[family], fitting) * size);
}
