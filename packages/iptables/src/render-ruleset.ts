import { checkRuleset } from './check-ruleset.ts';
import { compare, sameRules, type TableComparison } from './compare.ts';
import type { Ruleset } from './ruleset.ts';
import type { SavedTable } from './saved.ts';
import { joinTokens } from './tokens.ts';

/**
 * Input for `iptables-restore --noflush` that turns what is there of ours into what is wanted: one transaction a
 * table, only tables that differ, empty text if none does. Ours are the chains whose name begins with `owner` and the
 * rules of built-in chains that lead into them; no other rule is named, moved or counted anew.
 * @param actual what `iptables-save` printed; absent: nothing of ours is there.
 * @throws RangeError naming what cannot be written.
 */
export function renderRuleset(
  wanted: Ruleset,
  owner: string,
  actual: readonly SavedTable[] = [],
): string {
  checkRuleset(wanted, owner);
  return compare(actual, wanted, owner).map(renderTable).join('');
}

function renderTable({ table, chains, stale, jumps }: TableComparison): string {
  const changed = chains.filter(
    (chain) => chain.actual === undefined || !sameRules(chain.actual, chain.wanted.rules),
  );
  const unsettled = jumps.filter((jump) => !jump.settled);
  if (changed.length + stale.length + unsettled.length === 0) return '';
  const lines = [
    `*${table}`,
    // Naming a chain here makes it, or empties it.
    ...changed.map(({ wanted }) => `:${wanted.name} - [0:0]`),
    ...stale.map((name) => `:${name} - [0:0]`),
    ...changed.flatMap(({ wanted }) => wanted.rules.map((rule) => `-A ${wanted.name} ${rule}`)),
    ...unsettled.flatMap(({ from, wanted, present }) => [
      ...present.map(({ tokens }) => `-D ${from} ${joinTokens(tokens)}`),
      ...(wanted === undefined
        ? []
        : [`${wanted.position === 'first' ? '-I' : '-A'} ${from} -j ${wanted.to}`]),
    ]),
    ...stale.map((name) => `-X ${name}`),
    'COMMIT',
  ];
  return `${lines.join('\n')}\n`;
}
