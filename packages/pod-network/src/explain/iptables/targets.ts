import type { RuleOption, RuleParts } from '@vcn-cni/iptables';
import { bind } from '../conntrack.ts';
import { masquerade, redirect } from '../netfilter/nat-targets.ts';
import type { TableVisit } from '../netfilter/visit.ts';
import { xorMark } from './mark.ts';

/** `next`: with the rule behind; `return`: back to the calling chain. */
export type TargetResult = 'next' | 'accept' | 'return' | { drop: string };

/** Targets that never change a packet's way. */
const bystanders = new Set([
  'LOG',
  'NFLOG',
  'ULOG',
  'TRACE',
  'AUDIT',
  'SET',
  'TCPMSS',
  'CHECKSUM',
  'CLASSIFY',
  'DSCP',
  'TOS',
  'TTL',
  'HL',
  'ECN',
  'IDLETIMER',
  'HMARK',
]);

export function hasNoEffect({ target }: RuleParts): boolean {
  return target === undefined || bystanders.has(target.name);
}

/** What a rule that matched does with the packet. `text`: the rule as iptables-save prints it. */
export function applyTarget(
  parts: RuleParts,
  text: string,
  at: TableVisit,
  chain: string,
): TargetResult {
  const { space, skb, trail, table } = at;
  const place = { table, chain };
  const { name = '', options = [] } = parts.target ?? {};
  const tell = (kind: 'chain' | 'filter' | 'nat' | 'conntrack') =>
    trail.step(space.name, kind, text, skb, place);
  switch (name) {
    case 'ACCEPT':
      tell('filter');
      return 'accept';
    case 'RETURN':
      tell('chain');
      return 'return';
    case 'DROP':
    case 'REJECT':
      tell('filter');
      return { drop: `${table} ${chain}: ${text}` };
    case 'MARK':
      skb.mark = options.reduce((mark, option) => xorMark(mark, option), skb.mark);
      tell('chain');
      return 'next';
    case 'CONNMARK':
      connectionMark(at, options);
      tell('conntrack');
      return 'next';
    case 'NOTRACK':
    case 'CT':
      if (name === 'NOTRACK' || options.some((option) => option.name === '--notrack')) {
        skb.untracked = true;
        tell('conntrack');
      }
      return 'next';
    case 'DNAT':
    case 'SNAT':
      return translateTo(at, options, text, chain);
    case 'MASQUERADE':
      tell('nat');
      return masquerade(at, portOf(options)) ?? 'accept';
    case 'REDIRECT':
      tell('nat');
      return redirect(at, portOf(options)) ?? 'accept';
    default:
      trail.doubt(space.name, `${table} ${chain}: ${text} (target ${name})`, skb, place);
      return 'next';
  }
}

function translateTo(
  at: TableVisit,
  options: RuleOption[],
  text: string,
  chain: string,
): TargetResult {
  const { space, skb, trail, table, side } = at;
  const to = options.find(({ name }) => name.startsWith('--to-'))?.values[0] ?? '';
  if (side === undefined || skb.connection === undefined || to === '' || to.includes('-')) {
    trail.doubt(space.name, `${table} ${chain}: ${text} (where to)`, skb, { table, chain });
    return 'next';
  }
  trail.step(space.name, 'nat', text, skb, { table, chain });
  bind(skb.connection, side, addressAndPort(to));
  return 'accept';
}

/** `10.0.0.1:80`, `:80`, `[fd00::1]:80`, `fd00::1`. */
function addressAndPort(to: string): { address?: string; port?: number } {
  const bracketed = /^\[(.*)\](?::(\d+))?$/.exec(to);
  const plain = /^([^:]*):(\d+)$/.exec(to);
  const [, address, port] = bracketed ?? plain ?? [to, to];
  return {
    ...(address ? { address } : {}),
    ...(port === undefined ? {} : { port: Number(port) }),
  };
}

/** The first of a range: for what is followed it is as good as the others. */
function portOf(options: RuleOption[]): number | undefined {
  const value = options.find(({ name }) => name === '--to-ports')?.values[0];
  return value === undefined ? undefined : Number.parseInt(value, 10);
}

function connectionMark({ skb }: TableVisit, options: RuleOption[]): void {
  const { connection } = skb;
  if (connection === undefined) return;
  const named = (name: string) => options.find((option) => option.name === name);
  const mask = (name: string) => Number(named(name)?.values[0] ?? 0xffff_ffff);
  const [nfmask, ctmask] = [mask('--nfmask'), mask('--ctmask')];
  if (named('--save-mark')) {
    connection.mark = ((connection.mark & ~ctmask) ^ (skb.mark & nfmask)) >>> 0;
  } else if (named('--restore-mark')) {
    skb.mark = ((skb.mark & ~nfmask) ^ (connection.mark & ctmask)) >>> 0;
  } else {
    connection.mark = options.reduce((mark, option) => xorMark(mark, option), connection.mark);
  }
}
