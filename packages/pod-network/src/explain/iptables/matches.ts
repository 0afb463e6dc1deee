import type { RuleOption, RuleParts } from '@vcn-cni/iptables';
import { contains } from '../address.ts';
import type { TableVisit } from '../netfilter/visit.ts';
import { CannotJudge } from '../trail.ts';
import { extensions } from './extensions.ts';

/** Every match of a rule, by name of its module; each says whether one option holds, before `!` is applied. */
export type Extension = (options: readonly RuleOption[], at: TableVisit) => boolean;

/**
 * Whether a packet matches a rule. What cannot be judged counts only where nothing else says no.
 * @throws CannotJudge
 */
export function ruleMatches(parts: RuleParts, at: TableVisit): boolean {
  if (!parts.general.every((option) => generalHolds(option, at) !== option.negated)) return false;
  let doubt: CannotJudge | undefined;
  for (const { name, options } of parts.matches) {
    try {
      const extension = extensions[name];
      if (extension === undefined) throw new CannotJudge(`match ${name}`);
      if (!extension(options, at)) return false;
    } catch (error) {
      if (!(error instanceof CannotJudge)) throw error;
      doubt ??= error;
    }
  }
  if (doubt !== undefined) throw doubt;
  return true;
}

function generalHolds({ name, values }: RuleOption, { skb, hook }: TableVisit): boolean {
  const value = values[0] ?? '';
  switch (name) {
    case '-s':
      return contains(value, skb.source);
    case '-d':
      return contains(value, skb.destination);
    case '-i':
      return hook !== 'output' && hook !== 'postrouting'
        ? interfaceMatches(value, skb.iif)
        : value === '+';
    case '-o':
      return hook === 'prerouting' || hook === 'input'
        ? value === '+'
        : interfaceMatches(value, skb.oif);
    case '-p':
      return value === 'all' || protocolNames[skb.family][skb.protocol].includes(value);
    case '-f':
      return false;
    default:
      throw new CannotJudge(`option ${name}`);
  }
}

/** `oci+` is any name that begins with oci. */
function interfaceMatches(pattern: string, name = ''): boolean {
  return pattern.endsWith('+') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;
}

const common = { tcp: ['tcp', '6'], udp: ['udp', '17'] };
const protocolNames = {
  inet: { ...common, icmp: ['icmp', '1'] },
  inet6: { ...common, icmp: ['ipv6-icmp', 'icmpv6', '58'] },
};
