import type { IptablesTable } from './iptables-rules.ts';

/**
 * Input of `iptables-restore --noflush`: the chains of kube-proxy are replaced whole, nothing else is touched.
 * `jumps`: the first time, its rules of built-in chains too, before those of others.
 */
export function restoreInput(
  tables: readonly IptablesTable[],
  { jumps }: { jumps: boolean },
): string {
  const lines = tables.flatMap(({ name, chains, jumps: wanted }) => [
    `*${name}`,
    ...chains.map((chain) => `:${chain.name} - [0:0]`),
    // Each goes in front: the last of a chain is put there first.
    ...(jumps ? wanted.toReversed().map(({ from, rule }) => `-I ${from} 1 ${rule}`) : []),
    ...chains.flatMap((chain) => chain.rules.map((rule) => `-A ${chain.name} ${rule}`)),
    'COMMIT',
  ]);
  return `${lines.join('\n')}\n`;
}
