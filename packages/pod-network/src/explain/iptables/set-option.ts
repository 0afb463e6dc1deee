import type { RuleOption } from '@vcn-cni/iptables';
import { contains } from '../address.ts';
import type { TableVisit } from '../netfilter/visit.ts';
import { CannotJudge } from '../trail.ts';

/** `-m set --match-set NAME src,dst`: membership in an ipset of addresses, networks and ports. */
export function setHolds({ name, values }: RuleOption, { space, skb }: TableVisit): boolean {
  const [set = '', directions = ''] = values;
  if (name !== '--match-set') throw new CannotJudge(`set ${name}`);
  const members = space.capture.ipsets?.[set];
  if (members === undefined) throw new CannotJudge(`ipset ${set} was not captured`);
  const sides = directions.split(',');
  return members.some((member) => {
    // `10.0.0.1,tcp:80` has one direction for each part; a list option stands behind a blank.
    const parts = (member.split(' ')[0] ?? '').split(',');
    return parts.every((part, index) => {
      const side = sides[index] ?? sides[0];
      const port = /^(?:(tcp|udp):)?(\d+)(?:-(\d+))?$/.exec(part);
      if (port === null)
        return addressHolds(set, part, side === 'src' ? skb.source : skb.destination);
      const [, protocol, first, last = first] = port;
      const own = side === 'src' ? skb.sourcePort : skb.destinationPort;
      if (protocol !== undefined && protocol !== skb.protocol) return false;
      return own >= Number(first) && own <= Number(last);
    });
  });
}

function addressHolds(set: string, part: string, address: string): boolean {
  if (!/^[\da-f.:]+(?:\/\d+)?$/.test(part)) throw new CannotJudge(`"${part}" of ipset ${set}`);
  return contains(part, address);
}
