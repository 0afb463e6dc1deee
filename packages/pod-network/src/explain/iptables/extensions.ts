import type { RuleOption } from '@vcn-cni/iptables';
import { addressBits } from '../address.ts';
import type { TableVisit } from '../netfilter/visit.ts';
import { CannotJudge } from '../trail.ts';
import { addressTypeHolds } from './address-type-option.ts';
import { conntrackHolds } from './conntrack-option.ts';
import { markAndMask } from './mark.ts';
import type { Extension } from './matches.ts';
import { recentHolds } from './recent-option.ts';
import { rpfilterHolds } from './rpfilter-option.ts';
import { setHolds } from './set-option.ts';
import { statisticHolds } from './statistic-option.ts';

type Holds = (option: RuleOption, at: TableVisit) => boolean;

/** All options hold, `!` turned. */
const every =
  (holds: Holds): Extension =>
  (options, at) =>
    options.every((option) => holds(option, at) !== option.negated);

/** What kube-proxy, Felix, istio-init, docker and our own filter write, and some more (iptables-extensions(8)). */
export const extensions: Readonly<Record<string, Extension>> = {
  comment: () => true,
  nfacct: () => true,
  tcp: every(ports('tcp')),
  udp: every(ports('udp')),
  multiport: every(multiport),
  icmp: every(icmp),
  icmp6: every(icmp),
  conntrack: conntrackHolds,
  state: conntrackHolds,
  mark: every(({ values }, { skb }) => masked(skb.mark, values)),
  connmark: (options, at) =>
    at.skb.connection !== undefined &&
    every(({ values }) => masked(at.skb.connection?.mark ?? 0, values))(options, at),
  addrtype: addressTypeHolds,
  iprange: every(range),
  rpfilter: rpfilterHolds,
  statistic: statisticHolds,
  recent: recentHolds,
  set: every(setHolds),
  owner: every(owner),
  physdev: every(() => false),
  pkttype: every(({ values }) => values[0] === 'unicast'),
};

function masked(mark: number, [text = '0']: string[]): boolean {
  const { value, mask } = markAndMask(text);
  return (mark & mask) >>> 0 === value;
}

function ports(protocol: 'tcp' | 'udp'): Holds {
  return ({ name, values }, { skb }) => {
    if (skb.protocol !== protocol) return false;
    const value = values[0] ?? '';
    if (name === '--sport') return within(value, skb.sourcePort);
    if (name === '--dport') return within(value, skb.destinationPort);
    if (name === '--tcp-flags') return flagsHold(values, skb.answer, skb.state === 'new');
    throw new CannotJudge(`${protocol} ${name}`);
  };
}

/** A SYN, its SYN,ACK, or later an ACK. */
function flagsHold([mask = '', wanted = '']: string[], answer: boolean, first: boolean): boolean {
  const present = answer ? ['SYN', 'ACK'] : first ? ['SYN'] : ['ACK'];
  const list = (text: string) => (text === 'NONE' ? [] : text.split(','));
  const looked = mask === 'ALL' ? present : present.filter((flag) => list(mask).includes(flag));
  return looked.sort().join() === list(wanted).sort().join();
}

/** `80`, `80:90`, `:90`, `80:`. */
function within(text: string, port: number): boolean {
  const [first = '', last = first] = text.split(':');
  return port >= Number(first || 0) && port <= Number(last || 65535);
}

function multiport({ name, values }: RuleOption, { skb }: TableVisit): boolean {
  const listed = (port: number) => (values[0] ?? '').split(',').some((one) => within(one, port));
  if (name === '--sports') return listed(skb.sourcePort);
  if (name === '--dports') return listed(skb.destinationPort);
  return listed(skb.sourcePort) || listed(skb.destinationPort);
}

function icmp({ values }: RuleOption, { skb }: TableVisit): boolean {
  if (skb.protocol !== 'icmp') return false;
  const [request, reply] = skb.family === 'inet' ? ['8', '0'] : ['128', '129'];
  const names = skb.answer ? [reply, 'echo-reply', 'pong'] : [request, 'echo-request', 'ping'];
  const value = (values[0] ?? '').replace(/\/.*$/, '');
  return value === 'any' || value === '255' || names.includes(value);
}

function range({ name, values }: RuleOption, { skb }: TableVisit): boolean {
  const [first = '', last = first] = (values[0] ?? '').split('-');
  const address = addressBits(name === '--src-range' ? skb.source : skb.destination);
  return addressBits(first) <= address && address <= addressBits(last);
}

/** What has no socket here has no owner. */
function owner({ name, values }: RuleOption, { skb }: TableVisit): boolean {
  if (skb.owner === undefined) return false;
  const id = name === '--uid-owner' ? skb.owner.uid : skb.owner.gid;
  if (name === '--socket-exists') return true;
  if (name !== '--uid-owner' && name !== '--gid-owner') throw new CannotJudge(`owner ${name}`);
  if (id === undefined) throw new CannotJudge(`${name}: the sender's is not told`);
  const [first = '', last = first] = (values[0] ?? '').split('-');
  return id >= Number(first) && id <= Number(last);
}
