import type { AddressSpace } from './address-space.ts';
import { ApiError, incorrectState, invalidParameter, limitExceeded } from './api-error.ts';
import { bits, type Cidr, cidrAt, contains, type Family, parseCidr, parseIp } from './ip.ts';
import type { SubnetRecord } from './records.ts';
import type { World } from './world.ts';

export interface AddressWish {
  family: Family;
  /** A given address; with `prefix` the first one of a given block. */
  ipAddress?: string | undefined;
  /** Absent: a single address. */
  prefix?: number | undefined;
  /** The CIDR of the subnet that it shall come from. */
  subnetCidr?: string | undefined;
}

/**
 * Takes an address or a block from a subnet, as the service places them: single addresses from the
 * first IPv4 CIDR and blocks from the others (Oracle's page on private IP addresses); single IPv6s
 * from the first /80 of a prefix and blocks from the rest.
 */
export function takeAddress(world: World, subnet: SubnetRecord, wish: AddressWish): Cidr {
  refuseWhileUpdating(subnet);
  const spaces = subnet.spaces.filter(({ cidr }) => cidr.family === wish.family);
  if (spaces.length === 0) {
    throw invalidParameter(
      `Subnet ${subnet.id} has no ${wish.family === 'inet' ? 'IPv4' : 'IPv6'} CIDR.`,
    );
  }
  checkPrefix(wish);
  const taken =
    wish.ipAddress === undefined ? place(spaces, subnet, wish) : takeGiven(world, spaces, wish);
  if (wish.prefix !== undefined) openFirstCidr(world, subnet, taken);
  return taken;
}

/** Gives it back to the subnet. */
export function giveAddress(subnet: SubnetRecord, cidr: Cidr): void {
  subnet.spaces.find((space) => contains(space.cidr, cidr))?.give(cidr);
}

/** While a subnet is UPDATING, every creation and deletion of an address in it is refused. */
export function refuseWhileUpdating(subnet: SubnetRecord): void {
  if (subnet.lifecycle !== 'AVAILABLE') {
    throw incorrectState(`Subnet ${subnet.id} is in state ${subnet.lifecycle}.`);
  }
}

/** Puts a subnet into UPDATING for a while. */
export function updateSubnet(world: World, subnet: SubnetRecord, ms: number): void {
  subnet.lifecycle = 'UPDATING';
  subnet.revision += 1;
  const token = subnet.revision;
  world.clock.after(ms, () => {
    if (subnet.revision !== token) return;
    subnet.lifecycle = 'AVAILABLE';
    subnet.revision += 1;
  });
}

function checkPrefix({ family, prefix }: AddressWish): void {
  if (prefix === undefined) return;
  const [widest, step] = family === 'inet' ? [18, 1] : [80, 4];
  if (
    !Number.isInteger(prefix) ||
    prefix < widest ||
    prefix > bits[family] ||
    prefix % step !== 0
  ) {
    throw invalidParameter(
      `cidrPrefixLength ${prefix} is not valid: ${widest} to ${bits[family]}${step > 1 ? `, a multiple of ${step}` : ''}.`,
    );
  }
}

function takeGiven(world: World, spaces: AddressSpace[], wish: AddressWish): Cidr {
  const text = `${wish.ipAddress}`;
  const address = parseIp(text);
  const prefix = wish.prefix ?? bits[wish.family];
  const block =
    address?.family === wish.family ? cidrAt(wish.family, address.value, prefix) : undefined;
  if (!address || !block || block.base !== address.value) {
    throw invalidParameter(`ipAddress ${text} is not the first address of a /${prefix}.`);
  }
  const space = spaces.find(({ cidr }) => contains(cidr, block));
  if (!space) throw invalidParameter(`IP address ${text} is not within one CIDR of the subnet.`);
  if (space.take(block)) return block;
  const { takenAddress } = world.profile;
  throw new ApiError(
    takenAddress,
    takenAddress === 400 ? 'InvalidParameter' : 'Conflict',
    `IP address ${text} is already in use.`,
  );
}

function place(spaces: AddressSpace[], subnet: SubnetRecord, wish: AddressWish): Cidr {
  const prefix = wish.prefix ?? bits[wish.family];
  for (const { space, range } of candidates(spaces, wish)) {
    const block = space.find(prefix, range);
    if (block && space.take(block)) return block;
  }
  const what = wish.prefix === undefined ? 'IP address' : `/${prefix}`;
  throw limitExceeded(`No free ${what} in subnet ${subnet.id}.`);
}

function candidates(spaces: AddressSpace[], { subnetCidr, prefix, family }: AddressWish) {
  const named = subnetCidr === undefined ? undefined : parseCidr(subnetCidr)?.text;
  if (subnetCidr !== undefined && !spaces.some(({ cidr }) => cidr.text === named)) {
    throw invalidParameter(`${subnetCidr} is not a CIDR of the subnet.`);
  }
  const chosen = spaces.filter(({ cidr }) => named === undefined || cidr.text === named);
  if (family === 'inet') {
    const [first, ...others] = chosen;
    const pick = prefix === undefined ? [first!] : others.length > 0 ? others : [first!];
    return pick.map((space) => ({ space, range: undefined }));
  }
  return chosen.map((space) => {
    const first = cidrAt('inet6', space.cidr.base, Math.max(80, space.cidr.prefix));
    const rest = { base: first.end, end: space.cidr.end };
    const range = prefix === undefined ? first : rest;
    return { space, range: range.base < range.end ? range : space.cidr };
  });
}

/** The trap: the first block out of the first CIDR makes the whole subnet wait, once. */
function openFirstCidr(world: World, subnet: SubnetRecord, block: Cidr): void {
  const first = subnet.spaces.find(({ cidr }) => cidr.family === 'inet');
  if (subnet.firstCidrOpened || !first || !contains(first.cidr, block)) return;
  subnet.firstCidrOpened = true;
  const { base, perAddress } = world.profile.subnetUpdating;
  updateSubnet(world, subnet, world.random.between(...base) + perAddress * Number(first.used()));
}
