import { CniError, ErrorCode, type Invocation, type Result } from '@vcn-cni/cni-spec';
import { digest } from '../nft.ts';
import { openRecords, type Records } from '../records.ts';

/** What was changed, kept for DEL, CHECK and GC. */
export interface Adjustment {
  /** Of the container's interface before. */
  readonly mtu: number;
  /** The host's link that is slowed down. */
  readonly slowed?: string;
}

export const openAdjustments = (root: string, network: string): Records<Adjustment> =>
  openRecords(root, 'reference-chained', network);

export const tableOf = (network: string, key: Pick<Invocation, 'containerId' | 'ifname'>) =>
  `inet refc${digest(network, key)}`;

export const mtuOf = ({ mtu }: Invocation['config']): number => mtu || 1400;

/** Lines of a table that lets through what is for the container, and what comes from it. */
export const acceptLines = ({ ips = [] }: Result): string[] => [
  'chain forward {',
  'type filter hook forward priority filter;',
  ...ips.flatMap(({ address }) => {
    const family = address.includes(':') ? 'ip6' : 'ip';
    const own = address.split('/')[0];
    return [`${family} saddr ${own} accept;`, `${family} daddr ${own} accept;`];
  }),
  '}',
];

/** Throws CniError 7 where there is none. */
export function previousResult({ prevResult }: Invocation['config']): Result {
  if (prevResult) return prevResult;
  throw new CniError(
    ErrorCode.InvalidNetworkConfig,
    'prevResult is missing',
    'this plugin changes an interface that another made: put it behind one in plugins',
  );
}
