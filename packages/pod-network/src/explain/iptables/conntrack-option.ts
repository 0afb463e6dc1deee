import type { RuleOption } from '@vcn-cni/iptables';
import { contains } from '../address.ts';
import { type Connection, isTranslated } from '../connection.ts';
import type { TableVisit } from '../netfilter/visit.ts';
import type { Skb } from '../skb.ts';
import { CannotJudge } from '../trail.ts';

/** `-m conntrack` or `-m state`: conntrack_mt of net/netfilter/xt_conntrack.c. */
export function conntrackHolds(options: readonly RuleOption[], { skb }: TableVisit): boolean {
  const { connection } = skb;
  const states = options.filter(isState);
  if (!states.every((option) => stateHolds(option, skb) !== option.negated)) return false;
  // Without a connection nothing more is looked at, `!` or not.
  if (connection === undefined) return states.length > 0;
  const others = options.filter((option) => !isState(option));
  return others.every((option) => holds(option, skb, connection) !== option.negated);
}

function isState({ name }: RuleOption): boolean {
  return name === '--ctstate' || name === '--state';
}

function stateHolds({ values }: RuleOption, { connection, state }: Skb): boolean {
  const states: string[] = [connection || state !== 'new' ? state : 'invalid'];
  if (connection && isTranslated(connection, 'source')) states.push('snat');
  if (connection && isTranslated(connection, 'destination')) states.push('dnat');
  return (values[0] ?? '').split(',').some((one) => states.includes(one.toLowerCase()));
}

function holds({ name, values }: RuleOption, skb: Skb, connection: Connection): boolean {
  const value = values[0] ?? '';
  const { original, reply } = connection;
  switch (name) {
    case '--ctdir':
      return value.toLowerCase() === skb.direction;
    case '--ctorigsrc':
      return contains(value, original.source);
    case '--ctorigdst':
      return contains(value, original.destination);
    case '--ctreplsrc':
      return contains(value, reply.source);
    case '--ctrepldst':
      return contains(value, reply.destination);
    case '--ctorigsrcport':
      return portHolds(value, original.sourcePort);
    case '--ctorigdstport':
      return portHolds(value, original.destinationPort);
    case '--ctproto':
      return (
        value === original.protocol ||
        value === { tcp: '6', udp: '17', icmp: '1' }[original.protocol]
      );
    default:
      throw new CannotJudge(`conntrack ${name}`);
  }
}

function portHolds(text: string, port: number): boolean {
  const [first = '', last = first] = text.split(':');
  return port >= Number(first) && port <= Number(last);
}
