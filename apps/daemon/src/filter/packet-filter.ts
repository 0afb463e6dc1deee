/** The packet filter of the host in one of its two forms, as attachments want it. */
import type { Filter } from '@vcn-cni/attachment';
import { diffRuleset, type Ruleset, type SavedTable } from '@vcn-cni/iptables';
import { diffTable, type ParsedTable, type Table } from '@vcn-cni/nftables';
import { chainOwner, type FilterPlan } from '@vcn-cni/pod-network';

export interface NftDriver {
  read(name: Pick<Table, 'family' | 'name'>): Promise<ParsedTable | undefined>;
  apply(table: Table): Promise<void>;
}

export interface IptablesDriver {
  read(): Promise<SavedTable[]>;
  apply(wanted: Ruleset): Promise<unknown>;
}

/** One table of ours, in a base chain of its own: nobody's ACCEPT ends before it. */
export function nftablesFilter(driver: NftDriver, plan: () => FilterPlan): Filter {
  return {
    async differences() {
      const { nftables } = plan();
      return diffTable(await driver.read(nftables), nftables);
    },
    apply: () => driver.apply(plan().nftables),
  };
}

/** Chains of ours with one jump each, in one family. */
export function iptablesFilter(
  driver: IptablesDriver,
  plan: (saved: readonly SavedTable[]) => Ruleset,
): Filter {
  return {
    async differences() {
      const saved = await driver.read();
      return diffRuleset(saved, plan(saved), chainOwner);
    },
    async apply() {
      await driver.apply(plan(await driver.read()));
    },
  };
}

/** Several filters as one. */
export function joinFilters(filters: readonly Filter[]): Filter {
  return {
    differences: async () =>
      (await Promise.all(filters.map((filter) => filter.differences()))).flat(),
    async apply() {
      for (const filter of filters)
        if ((await filter.differences()).length > 0) await filter.apply();
    },
  };
}
