import type { Jump, OwnedChain, Ruleset, TableName } from './ruleset.ts';
import type { SavedRule, SavedTable } from './saved.ts';
import { joinTokens, tokenise } from './tokens.ts';

/** Ours in one table, as it is beside as it should be. */
export interface TableComparison {
  table: TableName;
  chains: { wanted: OwnedChain; actual?: string[] }[];
  /** Chains with our prefix that are not wanted. */
  stale: string[];
  /** Every jump of ours there is or should be, by the built-in chain it stands in. */
  jumps: JumpComparison[];
}

export interface JumpComparison {
  from: string;
  wanted?: Jump;
  /** Rules of ours there, wherever they stand. */
  present: SavedRule[];
  settled: boolean;
}

export const tableNames: readonly TableName[] = ['raw', 'mangle', 'nat', 'filter'];
export const builtinChains: readonly string[] = [
  'PREROUTING',
  'INPUT',
  'FORWARD',
  'OUTPUT',
  'POSTROUTING',
];

export function compare(
  actual: readonly SavedTable[],
  wanted: Ruleset,
  owner: string,
): TableComparison[] {
  return tableNames.map((table) => {
    const saved = actual.find(({ name }) => name === table)?.chains ?? [];
    const ours = new Map(
      saved
        .filter(({ name }) => name.startsWith(owner))
        .map(({ name, rules }) => [name, rules.map(({ tokens }) => joinTokens(tokens))]),
    );
    const chains = wanted.chains
      .filter((chain) => chain.table === table)
      .map((chain) => {
        const rules = ours.get(chain.name);
        ours.delete(chain.name);
        return rules === undefined ? { wanted: chain } : { wanted: chain, actual: rules };
      });
    const jumps = builtinChains.map((from) =>
      compareJump(
        from,
        saved.find(({ name }) => name === from)?.rules ?? [],
        wanted.jumps.find((jump) => jump.table === table && jump.from === from),
        owner,
      ),
    );
    return {
      table,
      chains,
      stale: [...ours.keys()],
      jumps: jumps.filter((jump) => jump.wanted !== undefined || jump.present.length > 0),
    };
  });
}

/** A rule of ours in the spelling in which rules are compared. */
export function spell(rule: string): string {
  return joinTokens(tokenise(rule));
}

export function sameRules(actual: readonly string[], wanted: readonly string[]): boolean {
  return actual.length === wanted.length && wanted.every((rule, i) => spell(rule) === actual[i]);
}

function compareJump(
  from: string,
  rules: readonly SavedRule[],
  wanted: Jump | undefined,
  owner: string,
): JumpComparison {
  const present = rules.filter(({ target }) => target?.name.startsWith(owner));
  if (wanted === undefined) return { from, present, settled: present.length === 0 };
  const place = wanted.position === 'first' ? rules[0] : rules.at(-1);
  const settled = present.length === 1 && place?.tokens.join(' ') === `-j ${wanted.to}`;
  return { from, wanted, present, settled };
}
