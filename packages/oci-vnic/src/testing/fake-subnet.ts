import { FakeError } from './fake-error.ts';

/** The addresses of one subnet: which are taken, and where the next one comes from. */
export interface FakeSpace {
  /** Takes one address, or a block; `updates`: it is the first block of the first CIDR. */
  take(
    operation: string,
    family: 'inet' | 'inet6',
    length?: number,
  ): { cidr: string; updates: boolean };
  give(cidr: string): void;
  /** IPv4 addresses that nobody holds. */
  free(): number;
}

/**
 * Single IPv4 addresses come from the first CIDR, blocks from the others, if there are others; the lowest free first, so
 * that what was released is soon given to somebody else (OCI, "Private IP Addresses").
 */
export function createSpace(cidrs: readonly string[]): FakeSpace {
  const ranges = cidrs.filter((cidr) => !cidr.includes(':')).map(parse);
  const prefix6 = cidrs.find((cidr) => cidr.includes(':'))?.replace(/::\/64$/, '');
  const taken = new Set<number>();
  let blocksBegun = false;
  let next6 = 1;
  for (const { first, last } of ranges)
    for (const edge of [first, first + 1, last]) taken.add(edge);

  const isFree = (from: number, size: number): boolean => {
    for (let address = from; address < from + size; address++) if (taken.has(address)) return false;
    return true;
  };
  const takeInet = (operation: string, length: number) => {
    const size = 2 ** (32 - length);
    const places = size > 1 && ranges.length > 1 ? ranges.slice(1) : ranges;
    for (const range of places)
      for (
        let from = Math.ceil(range.first / size) * size;
        from + size - 1 <= range.last;
        from += size
      ) {
        if (!isFree(from, size)) continue;
        for (let address = from; address < from + size; address++) taken.add(address);
        const updates = size > 1 && range === ranges[0] && !blocksBegun;
        if (updates) blocksBegun = true;
        return { cidr: `${format(from)}/${length}`, updates };
      }
    throw new FakeError(operation, 400, 'LimitExceeded');
  };

  return {
    take(operation, family, length) {
      if (family === 'inet') return takeInet(operation, length ?? 32);
      if (prefix6 === undefined) throw new FakeError(operation, 400, 'InvalidParameter');
      const nth = (next6++).toString(16);
      if (length === undefined) return { cidr: `${prefix6}::${nth}/128`, updates: false };
      if (length % 4 !== 0 || length < 80) throw new FakeError(operation, 400, 'InvalidParameter');
      return { cidr: `${prefix6}:${nth}::/${length}`, updates: false };
    },
    give(cidr) {
      if (cidr.includes(':')) return;
      const { first, last } = parse(cidr);
      for (let address = first; address <= last; address++) taken.delete(address);
    },
    free: () =>
      ranges.reduce((sum, { first, last }) => {
        let count = 0;
        for (let address = first; address <= last; address++) if (!taken.has(address)) count++;
        return sum + count;
      }, 0),
  };
}

function parse(cidr: string): { first: number; last: number } {
  const [address = '', length = '32'] = cidr.split('/');
  const first = address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
  return { first, last: first + 2 ** (32 - Number(length)) - 1 };
}

function format(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
