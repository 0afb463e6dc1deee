import type { Side } from '../connection.ts';
import { track, translate } from '../conntrack.ts';
import { iptablesChains } from '../iptables/chains.ts';
import { nftablesChains } from '../nftables/chains.ts';
import type { HookVerdict, Visit } from './visit.ts';

/** A base chain, or one of iptables' built-in chains. */
export interface HookChain {
  /** linux/netfilter_ipv4.h: raw -300, conntrack -200, mangle -150, dstnat -100, filter 0, srcnat 100. */
  priority: number;
  /** Place of its table among all tables in the order of their making; -1: not known, taken as the first. */
  age: number;
  type: 'filter' | 'nat' | 'route';
  run(visit: Visit): HookVerdict;
}

const conntrackPriority = -200;

/**
 * Everything registered at one hook, by priority, as the kernel runs it. `reroute` is called in the output path where
 * the kernel routes again because the packet has changed.
 */
export function runHook(visit: Visit, reroute: () => HookVerdict = () => undefined): HookVerdict {
  const chains = [...iptablesChains(visit), ...nftablesChains(visit)];
  for (const { run } of order(chains, visit, reroute)) {
    const verdict = run();
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

interface Turn {
  priority: number;
  age: number;
  run(): HookVerdict;
}

function order(chains: HookChain[], visit: Visit, reroute: () => HookVerdict): Turn[] {
  const { hook, skb } = visit;
  const again = (before: string) => (changes(skb) === before ? undefined : reroute());
  const turns = chains
    .filter(({ type }) => type !== 'nat')
    .map(
      ({ priority, age, type, run }): Turn => ({
        priority,
        age,
        run() {
          const before = changes(skb);
          return run(visit) ?? (type === 'route' ? again(before) : undefined);
        },
      }),
    );
  if (hook === 'prerouting' || hook === 'output') {
    const run = () => void track(visit.space, skb, visit.trail);
    turns.push({ priority: conntrackPriority, age: -1, run });
  }
  const side = sides[hook];
  if (side !== undefined) {
    const nat = newestFirst(chains.filter(({ type }) => type === 'nat'));
    turns.push({
      priority: side === 'destination' ? -100 : 100,
      age: -1,
      run() {
        const before = changes(skb);
        const verdict = runNat(nat, visit, side);
        return verdict ?? (hook === 'output' ? again(before) : undefined);
      },
    });
  }
  return newestFirst(turns);
}

/** By priority; of equals the kernel puts the one registered last first (nf_hook_entries_grow). */
function newestFirst<T extends { priority: number; age: number }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => a.priority - b.priority || b.age - a.age);
}

const sides: Partial<Record<Visit['hook'], Side>> = {
  prerouting: 'destination',
  output: 'destination',
  input: 'source',
  postrouting: 'source',
};

/** nf_nat_inet_fn: chains are asked for the first packet only, until one of them decides; then the packet is rewritten. */
function runNat(chains: readonly HookChain[], visit: Visit, side: Side): HookVerdict {
  const { space, skb, trail } = visit;
  const { connection } = skb;
  if (connection === undefined) return undefined;
  if (skb.state === 'new' && skb.direction === 'original') {
    for (const { run } of chains) {
      if (connection.decided[side]) break;
      const verdict = run(visit);
      if (verdict !== undefined) return verdict;
    }
    connection.decided[side] = true;
  }
  translate(space, skb, side, trail);
  return undefined;
}

function changes({ source, destination, mark }: Visit['skb']): string {
  return `${source} ${destination} ${mark}`;
}
