import type { Rules } from './felix-chains.ts';
import { type Allow, type PolicyView, selects } from './policy.ts';

/** Bits of the packet mark that Felix takes for itself, as value and mask. */
export const marks = {
  /** A policy or profile has accepted the packet. */
  accept: '0x10000/0x10000',
  /** Said otherwise: nothing has been decided yet. */
  undecided: '0x0/0x20000',
  all: '0xf0000',
} as const;

type Family = 'inet' | 'inet6';

const accepted = `-m mark --mark ${marks.accept} -j RETURN`;

const directions = [
  { name: 'ingress', endpoint: 'cali-tw-', policy: 'cali-pi-', peer: '-s' },
  { name: 'egress', endpoint: 'cali-fw-', policy: 'cali-po-', peer: '-d' },
] as const;

/** One chain for each pod of this node and direction: all its policies, or else what is allowed without any. */
export function endpointChains(family: Family, { endpoints, policies }: PolicyView): Rules[] {
  return endpoints.flatMap(({ link, labels }) =>
    directions.map(({ name, endpoint, policy }): Rules => {
      const closing = policies.filter((one) => one[name] && selects(one.selector, labels));
      return [
        `${endpoint}${link}`,
        '-m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
        '-m conntrack --ctstate INVALID -j DROP',
        `-j MARK --set-xmark 0x0/0x10000`,
        ...(name === 'egress' ? encapsulations(family) : []),
        ...(closing.length === 0
          ? [`-j MARK --set-xmark ${marks.accept}`, accepted]
          : [
              `-j MARK --set-xmark ${marks.undecided}`,
              ...closing.flatMap((one) => [
                `-m mark --mark ${marks.undecided} -j ${policy}${one.name}`,
                accepted,
              ]),
            ]),
        '-j DROP',
      ];
    }),
  );
}

/** One chain for each policy and direction that it closes. */
export function policyChains(family: Family, view: PolicyView): Rules[] {
  return view.policies.flatMap((policy) =>
    directions.flatMap(({ name, policy: prefix, peer }): Rules[] => {
      const allowed = policy[name];
      if (allowed === undefined) return [];
      const matches = allowed.flatMap((allow) => matchesOf(family, peer, allow, view));
      const rules = matches.flatMap((match) => [
        `${match}-j MARK --set-xmark ${marks.accept}`,
        accepted,
      ]);
      return [[`${prefix}${policy.name}`, ...rules]];
    }),
  );
}

function matchesOf(family: Family, option: string, allow: Allow, { pods }: PolicyView): string[] {
  const { peer, port } = allow;
  const service = port ? `-p ${port.protocol} --dport ${port.number} ` : '';
  if (peer === undefined) return [service];
  const addresses =
    typeof peer === 'string'
      ? [peer]
      : pods.filter(({ labels }) => selects(peer, labels)).flatMap((pod) => pod.addresses);
  return addresses
    .filter((address) => address.includes(':') === (family === 'inet6'))
    .map((address) => `${option} ${address} ${service}`);
}

/** Pods wrap nothing into packets of other pods. */
function encapsulations(family: Family): string[] {
  return ['-p udp --dport 4789 -j DROP', ...(family === 'inet' ? ['-p 4 -j DROP'] : [])];
}
