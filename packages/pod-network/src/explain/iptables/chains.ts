import type { SavedTable } from '@vcn-cni/iptables';
import type { HookChain } from '../netfilter/hooks.ts';
import type { Hook, Visit } from '../netfilter/visit.ts';
import { evaluateTable } from './evaluate.ts';

/** The built-in chains of one hook, with the priorities that the kernel's tables have. */
export function iptablesChains(visit: Visit): HookChain[] {
  const { space, hook, skb } = visit;
  return space.capture.iptables[skb.family].flatMap((table): HookChain[] => {
    const priority = priorityOf(table, hook);
    const name = hook.toUpperCase();
    if (priority === undefined || !table.chains.some((chain) => chain.name === name)) return [];
    const nat = table.name === 'nat';
    // Only mangle's OUTPUT routes again: ipt_mangle_out.
    const route = table.name === 'mangle' && hook === 'output';
    return [
      {
        priority,
        age: ageOf(table, visit),
        type: nat ? 'nat' : route ? 'route' : 'filter',
        run: (at) => evaluateTable(table, name, at),
      },
    ];
  });
}

function priorityOf({ name }: SavedTable, hook: Hook): number | undefined {
  if (name === 'nat') return hook === 'prerouting' || hook === 'output' ? -100 : 100;
  return { raw: -300, mangle: -150, filter: 0, security: 50 }[name];
}

/** iptables-nft makes ordinary tables, which nft lists; those of iptables-legacy are nowhere listed. */
function ageOf({ name }: SavedTable, { space, skb }: Visit): number {
  const family = skb.family === 'inet' ? 'ip' : 'ip6';
  const tables = space.capture.nftables?.tables ?? [];
  return tables.findIndex((table) => table.family === family && table.name === name);
}
