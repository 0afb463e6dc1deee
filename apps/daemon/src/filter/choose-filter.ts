import type { Filter } from '@vcn-cni/attachment';
import type { Ruleset, SavedTable } from '@vcn-cni/iptables';
import type { Table } from '@vcn-cni/nftables';
import {
  type NodeFacts,
  needsForwardAccept,
  planFilter,
  planForwardAccept,
} from '@vcn-cni/pod-network';
import type { Config } from '../config/schema.ts';
import type { TableChange, WatchedFilter } from '../drift/watch-drift.ts';
import type { Log } from '../log/log.ts';
import { HostError } from '../node/host-error.ts';
import { hostSettings } from '../node/host-settings.ts';
import {
  type IptablesDriver,
  iptablesFilter,
  joinFilters,
  type NftDriver,
  nftablesFilter,
} from './packet-filter.ts';

export interface FilterDrivers {
  nft: NftDriver & {
    available(table: Table): Promise<{ available: true } | { available: false; reason: string }>;
    remove(name: Pick<Table, 'family' | 'name'>): Promise<void>;
  };
  iptables: Record<
    'inet' | 'inet6',
    IptablesDriver & {
      remove(): Promise<void>;
      detect(): Promise<{ chosen?: 'nft' | 'legacy' }>;
    }
  >;
}

export interface ChosenFilter extends WatchedFilter {
  name: 'nftables' | 'iptables';
  filter: Filter;
  /** Takes away what an earlier configuration left in the other form. */
  tidy(): Promise<void>;
}

/**
 * nftables where it works, else iptables; never both for the same thing. `node` is read anew for each plan.
 * @throws HostError when the configured one cannot be used.
 */
export async function chooseFilter(
  config: Config,
  node: () => NodeFacts,
  { nft, iptables }: FilterDrivers,
  log: Log,
): Promise<ChosenFilter> {
  const settings = hostSettings(config);
  const plan = () => planFilter(node(), settings);
  const accept = (saved: readonly SavedTable[]) =>
    config.forwardAccept && needsForwardAccept(saved).needed ? planForwardAccept(settings) : none;

  if (config.filter !== 'iptables') {
    const found = await nft.available(plan().nftables);
    if (found.available) {
      const accepting = node().families.map((family) => iptablesFilter(iptables[family], accept));
      const own = nftablesFilter(nft, plan);
      const { name } = plan().nftables;
      const watched = await watchIptables(config.forwardAccept, iptables, node().families);
      return {
        name: 'nftables',
        silent: watched.silent,
        concerns: (change) =>
          change === 'any' || (change.family === 'inet' && change.table === name)
            ? 'ours'
            : watched.concerns(change),
        filter: config.forwardAccept ? joinFilters([own, ...accepting]) : own,
        async tidy() {
          if (config.forwardAccept) return;
          for (const family of ['inet', 'inet6'] as const) await iptables[family].remove();
        },
      };
    }
    if (config.filter === 'nftables')
      throw new HostError(
        `filter: nftables cannot be used here: ${found.reason}; install it or set filter to iptables`,
      );
    log.warn({ reason: found.reason }, 'nftables cannot be used; falling back to iptables');
  }
  return {
    name: 'iptables',
    ...(await watchIptables(true, iptables, node().families)),
    async tidy() {
      const table = plan().nftables;
      if ((await nft.available(table)).available) await nft.remove(table);
    },
    filter: joinFilters(
      node().families.map((family) =>
        iptablesFilter(iptables[family], (saved) => merge(plan().iptables[family], accept(saved))),
      ),
    ),
  };
}

/** Its nft backend announces what anybody changes in the same tables; its legacy backend announces nothing. */
async function watchIptables(
  used: boolean,
  iptables: FilterDrivers['iptables'],
  families: readonly ('inet' | 'inet6')[],
): Promise<WatchedFilter> {
  const found = used ? await Promise.all(families.map((family) => iptables[family].detect())) : [];
  const backends = found.map(({ chosen }) => chosen);
  const inNft = ({ family }: Exclude<TableChange, 'any'>) => family === 'ip' || family === 'ip6';
  return {
    silent: backends.includes('legacy'),
    concerns: (change) =>
      backends.includes('nft') && (change === 'any' || inNft(change)) ? 'perhaps' : 'none',
  };
}

const none: Ruleset = { chains: [], jumps: [] };

const merge = (a: Ruleset, b: Ruleset): Ruleset => ({
  chains: [...a.chains, ...b.chains],
  jumps: [...a.jumps, ...b.jumps],
});
