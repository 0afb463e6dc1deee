import type { Chain, Rule, Table } from '@vcn-cni/nftables';
import { internet, internetLink, serviceAddress } from './addresses.ts';
import type { FabricBooks } from './books.ts';
import { checkSources } from './check-sources.ts';
import { chainOf, securityChains, statelessRules } from './security.ts';
import { type Family, families, type VnicView } from './vnic-view.ts';

const header = { inet: 'ip', inet6: 'ip6' } as const satisfies Record<Family, string>;

/** Everything that the fabric judges and translates. */
export function filterFabric(books: FabricBooks, vnics: readonly VnicView[]): Table {
  const { facts } = books;
  const sources = checkSources(vnics);
  return {
    family: 'inet',
    name: 'vcn',
    chains: [
      hooked('sources', 'filter', 'prerouting', -310, sources.rules),
      ...sources.chains,
      hooked('stateless', 'filter', 'prerouting', -305, statelessRules(vnics, facts.security)),
      hooked('services', 'filter', 'input', 0, services(vnics)),
      ...securityChains(vnics, facts.security),
      forwarding(books, vnics),
      hooked('public-in', 'nat', 'prerouting', -100, publicIn(vnics)),
      hooked('public-out', 'nat', 'postrouting', 100, publicOut(books, vnics)),
    ],
  };
}

type Base = NonNullable<Chain['base']>;

function hooked(
  name: string,
  type: Base['type'],
  hook: Base['hook'],
  priority: number,
  rules: Rule[],
): Chain {
  return { name, base: { type, hook, priority }, rules };
}

/** The metadata service is there for the primary VNIC's own address alone, the resolver for all. */
function services(vnics: readonly VnicView[]): Rule[] {
  const primaries = vnics.filter(({ facts }) => facts.isPrimary);
  const metadata = families.map((family) => {
    const pairs = primaries.flatMap(({ link, facts }) => {
      const address = facts.address[family];
      return address === undefined ? [] : [`"${link}" . ${address}`];
    });
    const from =
      pairs.length === 0 ? '' : `iifname . ${header[family]} saddr != { ${pairs.join(', ')} } `;
    return `${header[family]} daddr ${serviceAddress[family]} tcp dport 80 ${from}drop`;
  });
  const outside = `iifname "${internetLink}" ct state new ip daddr != ${internet.router.inet} drop`;
  return [...metadata, outside].map((text) => ({ text }));
}

/** Both ends of a way decide: what leaves a VNIC, and what another takes. */
function forwarding({ facts }: FabricBooks, vnics: readonly VnicView[]): Chain {
  const vcnCidrs = facts.vcns.flatMap(({ cidrBlocks }) => cidrBlocks);
  const rules = [
    'ct state established,related accept',
    // Private addresses cannot be reached from outside, only their public ones.
    `iifname "${internetLink}" meta nfproto ipv4 ct status & dnat != dnat drop`,
    ...vnics
      .filter((vnic) => !mayLeave(vnic, facts))
      .map(({ link }) => `iifname "${link}" oifname "${internetLink}" drop`),
    ...(vcnCidrs.length === 0
      ? []
      : [`oifname "${internetLink}" ip saddr != { ${vcnCidrs.join(', ')} } drop`]),
    ...vnics.map(({ link }) => `iifname "${link}" jump ${chainOf('egress', link)}`),
    ...vnics.map(({ link }) => `oifname "${link}" goto ${chainOf('ingress', link)}`),
    `oifname "${internetLink}" accept`,
  ];
  return {
    name: 'forwarding',
    base: { type: 'filter', hook: 'forward', priority: 0, policy: 'drop' },
    rules: rules.map((text) => ({ text })),
  };
}

function mayLeave({ subnet, publicAddress }: VnicView, { vcns }: FabricBooks['facts']): boolean {
  if (publicAddress !== undefined) return true;
  const vcn = vcns.find(({ id }) => id === subnet.vcnId);
  return subnet.internet === 'nat' && vcn?.natGateway !== undefined;
}

/** Public addresses, each with the address that it stands for. */
function pairs(vnics: readonly VnicView[]): { outside: string; inside: string }[] {
  return vnics.flatMap(({ publicAddress, facts }) =>
    publicAddress === undefined || facts.address.inet === undefined
      ? []
      : [{ outside: publicAddress, inside: facts.address.inet }],
  );
}

function publicIn(vnics: readonly VnicView[]): Rule[] {
  return pairs(vnics).map(({ outside, inside }) => ({
    text: `iifname "${internetLink}" ip daddr ${outside} dnat ip to ${inside}`,
  }));
}

function publicOut({ facts }: FabricBooks, vnics: readonly VnicView[]): Rule[] {
  const own = pairs(vnics).map(
    ({ outside, inside }) => `oifname "${internetLink}" ip saddr ${inside} snat ip to ${outside}`,
  );
  const gateways = facts.vcns.flatMap(({ natGateway, cidrBlocks }) =>
    natGateway === undefined || cidrBlocks.length === 0
      ? []
      : [
          `oifname "${internetLink}" ip saddr { ${cidrBlocks.join(', ')} } snat ip to ${natGateway.publicIp}`,
        ],
  );
  return [...own, ...gateways].map((text) => ({ text }));
}
