import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { formatAddress, parseAddress } from '@vcn-cni/ipam';
import type { Key } from '../records.ts';
import { ifMissing } from '../records.ts';

/** A subnet: the first address is its gateway's, the last of IPv4 is nobody's. */
interface Range {
  readonly family: 'inet' | 'inet6';
  readonly first: bigint;
  readonly last: bigint;
  readonly length: number;
  readonly gateway: string;
}

/** Who holds which address of one network: a file an address, made exclusively, as host-local keeps them. */
export interface Pool {
  /** The next free address of a subnet, as CIDR, and its gateway; undefined when there is none. */
  reserve(subnet: string, holder: Key): Promise<{ address: string; gateway: string } | undefined>;
  hasRoom(subnet: string): Promise<boolean>;
  held(): Promise<{ address: string; holder: Key }[]>;
  release(address: string): Promise<void>;
}

export function openPool(root: string, network: string): Pool {
  const folder = join(root, 'var/lib/cni/reference-ipam', network);
  const names = async () => (await readdir(folder).catch(ifMissing<string[]>([]))).sort();
  return {
    async reserve(subnet, { containerId, ifname }) {
      await mkdir(folder, { recursive: true });
      const range = rangeOf(subnet);
      const taken = new Set(await names());
      for (let value = range.first; value <= range.last; value++) {
        const address = formatAddress(range.family, value);
        if (taken.has(address)) continue;
        if (!(await create(join(folder, address), `${containerId}:${ifname}`))) continue;
        return { address: `${address}/${range.length}`, gateway: range.gateway };
      }
      return undefined;
    },
    async hasRoom(subnet) {
      const { family, first, last } = rangeOf(subnet);
      const taken = new Set(await names());
      for (let value = first; value <= last; value++) {
        if (!taken.has(formatAddress(family, value))) return true;
      }
      return false;
    },
    async held() {
      const holders = (await names()).map(async (address) => {
        const text = await readFile(join(folder, address), 'utf8').catch(ifMissing(''));
        const colon = text.lastIndexOf(':');
        const holder = { containerId: text.slice(0, colon), ifname: text.slice(colon + 1) };
        return { address, holder };
      });
      return Promise.all(holders);
    },
    release: (address) => rm(join(folder, address), { force: true }),
  };
}

async function create(file: string, text: string): Promise<boolean> {
  try {
    await writeFile(file, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function rangeOf(subnet: string): Range {
  const [text = '', digits] = subnet.split('/');
  const { family, value } = parseAddress(text)!;
  const length = Number(digits);
  const size = 1n << BigInt((family === 'inet' ? 32 : 128) - length);
  const base = value - (value % size);
  const last = base + size - (family === 'inet' ? 2n : 1n);
  return { family, length, first: base + 2n, last, gateway: formatAddress(family, base + 1n) };
}
