import { checkRuleset } from './check-ruleset.ts';
import { compare, type JumpComparison, spell } from './compare.ts';
import type { Ruleset } from './ruleset.ts';
import type { SavedTable } from './saved.ts';
import { joinTokens } from './tokens.ts';

/**
 * What differs between ours in the kernel and what is wanted, one sentence each; empty if nothing does. Foreign
 * rules count only where they push a jump of ours from its place.
 * @throws RangeError naming what cannot be written.
 */
export function diffRuleset(
  actual: readonly SavedTable[],
  wanted: Ruleset,
  owner: string,
): string[] {
  checkRuleset(wanted, owner);
  return compare(actual, wanted, owner).flatMap(({ table, chains, stale, jumps }) =>
    [
      ...chains.flatMap((chain) =>
        diffChain(chain.actual, chain.wanted.rules).map((text) => `${chain.wanted.name} ${text}`),
      ),
      ...stale.map((name) => `${name} is not wanted`),
      ...jumps.filter((jump) => !jump.settled).map(describeJump),
    ].map((text) => `${table} ${text}`),
  );
}

function diffChain(actual: readonly string[] | undefined, wanted: readonly string[]): string[] {
  if (actual === undefined) return ['is missing'];
  return Array.from({ length: Math.max(actual.length, wanted.length) }, (_, index) => {
    const has = actual[index];
    const text = wanted[index];
    const wants = text === undefined ? undefined : spell(text);
    if (has === wants) return [];
    if (has === undefined) return [`rule ${index + 1} is missing: ${wants}`];
    if (wants === undefined) return [`rule ${index + 1} is not wanted: ${has}`];
    return [`rule ${index + 1} is "${has}", wanted "${wants}"`];
  }).flat();
}

function describeJump({ from, wanted, present }: JumpComparison): string {
  const rules = present.map(({ tokens }) => `"${joinTokens(tokens)}"`).join(', ');
  if (wanted === undefined) return `${from}: ${rules} is not wanted`;
  const jump = `"-j ${wanted.to}"`;
  if (present.length === 0) return `${from}: ${jump} is missing`;
  if (present.length > 1) return `${from}: ${rules}, wanted ${jump} once, ${wanted.position}`;
  return `${from}: ${rules} stands elsewhere, wanted ${jump} ${wanted.position}`;
}
