/** Random states of one namespace that the kernel can hold: what random walks go between. */
import type {
  ActualState,
  AddressSpec,
  LinkSpec,
  NeighbourSpec,
  RouteSpec,
  RuleSpec,
  WantedState,
} from '../src/index.ts';
import { canonicalRoute, type Ownership } from '../src/index.ts';

/** mulberry32: the walk is the same every time, and its seed can be told. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const chance = (random: () => number, likely: number): boolean => random() < likely;
const pick = <T>(random: () => number, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)]!;

const pairs = ['wa', 'wb', 'wc'] as const;

function randomLinks(random: () => number): LinkSpec[] {
  return pairs
    .filter(() => chance(random, 0.7))
    .map((name, at) => ({
      name,
      kind: 'veth',
      mac: `02:00:00:00:00:1${Math.floor(random() * 4)}`,
      mtu: pick(random, [1500, 9000]),
      group: pick(random, [0, 5]),
      alias: pick(random, ['walk/1', 'walk/2']),
      up: chance(random, 0.8),
      peer: { name: `${name}-p`, mac: `02:00:00:00:01:0${at}` },
    }));
}

function randomAddresses(random: () => number, links: LinkSpec[]): AddressSpec[] {
  return links.flatMap(({ name }, at) => {
    const candidates: AddressSpec[] = [
      { link: name, address: `10.${at}.0.1/32` },
      { link: name, address: `10.${at}.0.2/32`, scope: pick(random, ['global', 'link']) },
      { link: name, address: `fd0${at}::1/128`, nodad: true },
      { link: name, address: `fd0${at}::2/${pick(random, [64, 128])}`, nodad: true },
    ];
    return candidates.filter(() => chance(random, 0.6));
  });
}

const bare = ({ address }: AddressSpec): string => address.slice(0, address.indexOf('/'));

function randomRoutes(
  random: () => number,
  links: LinkSpec[],
  addresses: AddressSpec[],
): RouteSpec[] {
  const usable = links.filter(({ up }) => up).map(({ name }) => name);
  const routes: RouteSpec[] = [];
  for (let at = 0; at < 8; at++) {
    const family = pick(random, ['inet', 'inet6'] as const);
    const destination = family === 'inet' ? `10.100.0.${at % 4}/32` : `fd64::${at % 4}/128`;
    const common = { family, destination, table: pick(random, [254, 1000]), protocol: 184 };
    const link = pick(random, usable);
    if (link === undefined || chance(random, 0.2)) {
      routes.push({ ...common, type: pick(random, ['unreachable', 'blackhole'] as const) });
      continue;
    }
    const gateway = family === 'inet' ? '169.254.1.1' : 'fe80::1';
    const sources = addresses.filter(
      (one) => one.address.includes(':') === (family === 'inet6') && one.scope !== 'link',
    );
    const source =
      sources.length > 0 && chance(random, 0.4) ? bare(pick(random, sources)) : undefined;
    routes.push({
      ...common,
      link,
      ...(chance(random, 0.5) ? { gateway, onlink: true } : {}),
      ...(source ? { source } : {}),
      ...(chance(random, 0.3) ? { mtu: 1400 } : {}),
      ...(chance(random, 0.3) ? { priority: 77 } : {}),
    });
  }
  const keys = new Map(
    routes.map((route) => {
      const { family, table, destination, priority } = canonicalRoute(route);
      return [`${family} ${table} ${destination} ${priority}`, route];
    }),
  );
  return [...keys.values()];
}

function randomRules(random: () => number): RuleSpec[] {
  const rules: RuleSpec[] = [];
  for (const family of ['inet', 'inet6'] as const) {
    const from = family === 'inet' ? '10.1.0.0/24' : 'fd01::/64';
    const candidates: RuleSpec[] = [
      { family, priority: 512, action: 'lookup', table: 1000 },
      { family, priority: 768, action: 'unreachable', iif: pick(random, pairs) },
      { family, priority: 1024, action: 'lookup', table: 1001, fwmark: 0x80, fwmask: 0x80 },
      { family, priority: 1535, action: 'lookup', table: 254, from, suppressPrefixLength: 0 },
      { family, priority: 1536, action: 'lookup', table: pick(random, [1001, 1002]), from },
    ];
    for (const rule of candidates) {
      if (chance(random, 0.5)) rules.push({ ...rule, protocol: pick(random, [184, 185]) });
    }
  }
  return rules;
}

function randomNeighbours(random: () => number, links: LinkSpec[]): NeighbourSpec[] {
  return links
    .filter(({ up }) => up)
    .flatMap(({ name }) =>
      ['169.254.1.1', 'fe80::1'].map((address) => ({
        link: name,
        address,
        mac: `02:00:00:00:02:0${Math.floor(random() * 3)}`,
      })),
    )
    .filter(() => chance(random, 0.5));
}

export function randomState(random: () => number): WantedState {
  const links = randomLinks(random);
  const addresses = randomAddresses(random, links);
  return {
    links,
    addresses,
    routes: randomRoutes(random, links, addresses),
    rules: randomRules(random),
    neighbours: randomNeighbours(random, links),
    sysctls: links.map(({ name }) => ({
      name: `net/ipv4/conf/${name}/rp_filter`,
      value: String(Math.floor(random() * 3)),
    })),
  };
}

/** Everything that a walk makes; the kernel's own routes, rules and addresses are another's. */
export const walkOwnership: Ownership = {
  link: ({ alias }) => alias?.startsWith('walk/') ?? false,
  address: (_, link) => link?.alias?.startsWith('walk/') ?? false,
  route: ({ protocol }) => protocol === 184,
  rule: ({ protocol }) => protocol === 184 || protocol === 185,
  neighbour: (_, link) => link?.alias?.startsWith('walk/') ?? false,
};

/** What `walkOwnership` sees of a state. */
export function ownPart(state: ActualState): ActualState {
  const links = new Map(state.links.map((link) => [link.name, link]));
  return {
    links: state.links.filter(walkOwnership.link),
    addresses: state.addresses.filter((one) => walkOwnership.address(one, links.get(one.link))),
    routes: state.routes.filter(walkOwnership.route),
    rules: state.rules.filter(walkOwnership.rule),
    neighbours: state.neighbours.filter((one) => walkOwnership.neighbour(one, links.get(one.link))),
    sysctls: [],
  };
}
