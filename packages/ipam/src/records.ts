import { type AddressValue, parseAddress } from './address.ts';
import { formatKey } from './key.ts';
import type { Ledger } from './ledger.ts';
import type { AttachmentKey, Block, CoolingAddress, Lease } from './model.ts';
import { PoolError } from './pool-error.ts';

/** An address as a store recorded it. */
export interface RecordedAddress extends AddressValue {
  readonly block: Pick<Block, 'cidr' | 'vnic'>;
}

/** Records as the ledger books them. */
export interface Records {
  leases: { key: AttachmentKey; addresses: RecordedAddress[] }[];
  cooling: { recorded: RecordedAddress; until: number }[];
}

/**
 * Reads records; passes over cooldowns that are over or of addresses in use. Throws PoolError `invalid-record` if two
 * leases have one key or one address, or the ledger has it already.
 */
export function readRecords(
  ledger: Ledger,
  leases: readonly Lease[],
  cooling: readonly CoolingAddress[],
  now: number,
): Records {
  const keys = new Set<string>();
  const taken = { inet: new Set<bigint>(), inet6: new Set<bigint>() };
  const isTaken = ({ family, value }: AddressValue) =>
    taken[family].has(value) || ledger.known[family].has(value);

  const records: Records = { leases: [], cooling: [] };
  for (const { key, addresses } of leases) {
    if (keys.has(formatKey(key)) || ledger.leases.has(formatKey(key))) {
      throw new PoolError('invalid-record', `two leases are recorded for ${formatKey(key)}`);
    }
    keys.add(formatKey(key));
    const read = addresses.map((address) => {
      const recorded = readAddress(address, `lease of ${formatKey(key)}`);
      if (isTaken(recorded)) {
        const message = `lease of ${formatKey(key)}: address ${address.address} is in use already`;
        throw new PoolError('invalid-record', message, { address: address.address });
      }
      taken[recorded.family].add(recorded.value);
      return recorded;
    });
    records.leases.push({ key: { ...key }, addresses: read });
  }
  for (const address of cooling) {
    const recorded = readAddress(address, 'cooling address');
    if (address.until <= now || isTaken(recorded)) continue;
    taken[recorded.family].add(recorded.value);
    records.cooling.push({ recorded, until: address.until });
  }
  return records;
}

function readAddress(
  { address, block, vnic }: Pick<CoolingAddress, 'address' | 'block' | 'vnic'>,
  subject: string,
): RecordedAddress {
  const parsed = parseAddress(address);
  if (!parsed) {
    throw new PoolError('invalid-record', `${subject}: ${JSON.stringify(address)} is no address`);
  }
  return { ...parsed, block: { cidr: block, vnic } };
}
