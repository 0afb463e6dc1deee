import type { ParsedChain, ParsedTable } from '@vcn-cni/nftables';
import type { HookChain } from '../netfilter/hooks.ts';
import type { HookVerdict, TableVisit, Visit } from '../netfilter/visit.ts';
import { evaluateChain } from './evaluate.ts';

/** The base chains of everybody's tables at one hook. */
export function nftablesChains(visit: Visit): HookChain[] {
  const { space, hook, skb } = visit;
  const families = skb.family === 'inet' ? ['ip', 'inet'] : ['ip6', 'inet'];
  const tables = space.capture.nftables?.tables ?? [];
  return tables
    .filter((table) => families.includes(table.family) && !isIptables(table, visit))
    .flatMap((table) =>
      table.chains
        .filter(({ base }) => base?.hook === hook)
        .map(
          (chain): HookChain => ({
            priority: chain.base?.priority ?? 0,
            age: tables.indexOf(table),
            type:
              chain.base?.type === 'nat' || chain.base?.type === 'route'
                ? chain.base.type
                : 'filter',
            run: (at) => runBase(table, chain, at),
          }),
        ),
    );
}

/** A table that iptables-nft made is in the capture as iptables-save printed it, with its extensions. */
function isIptables({ family, name, chains }: ParsedTable, { space }: Visit): boolean {
  if (family === 'inet') return false;
  const named = chains.every(({ base, name: chain }) => !base || chain === base.hook.toUpperCase());
  if (!named) return false;
  const saved = space.capture.iptables[family === 'ip' ? 'inet' : 'inet6'];
  return saved.some((table) => table.name === name);
}

function runBase(table: ParsedTable, chain: ParsedChain, visit: Visit): HookVerdict {
  const at: TableVisit = { ...visit, table: `nftables ${table.family} ${table.name}` };
  if (chain.base?.type === 'nat') {
    at.side = visit.hook === 'prerouting' || visit.hook === 'output' ? 'destination' : 'source';
  }
  const result = evaluateChain(table, chain.name, at, 0);
  if (typeof result === 'object') return result;
  if (result === 'accept' || chain.base?.policy !== 'drop') return undefined;
  const text = `policy of ${chain.name} is drop`;
  const place = { table: at.table, chain: chain.name };
  visit.trail.step(visit.space.name, 'filter', text, visit.skb, place);
  return { drop: `${at.table}: ${text}` };
}
