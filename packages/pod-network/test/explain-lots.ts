import type { StationName } from './explain-capture.ts';
import { at } from './filter-addressing.ts';

export type Random = () => number;
export type FamilyName = 'inet' | 'inet6';

/** mulberry32: the same states every time, told by their seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export const pick = <T>(random: Random, items: readonly T[]): T =>
  items[Math.floor(random() * items.length)]!;

/** A change of the laboratory and what takes it back; both are shell commands. */
export interface Disturbance {
  where: StationName;
  make: string;
  undo: string;
}

/** The addresses that somebody in the laboratory answers for, and by whom. */
export const served: Record<FamilyName, Record<StationName, string[]>> = {
  inet: {
    host: [at.inet.primary, '10.88.64.11'],
    podA: [at.inet.podA],
    podB: [at.inet.podB],
    fabric: [at.inet.outside, at.inet.remotePod, at.inet.metadata, '10.88.0.1'],
  },
  inet6: {
    host: [at.inet6.primary, 'fd00:88:0:1::11'],
    podA: [at.inet6.podA],
    podB: [at.inet6.podB],
    fabric: [at.inet6.outside, at.inet6.remotePod, at.inet6.metadata, 'fd00:88::1'],
  },
};

export const families: FamilyName[] = ['inet', 'inet6'];
export const hostLinks = ['ens3', 'ens5', 'ocipoda', 'ocipodb'];

export function anAddress(random: Random, family: FamilyName): string {
  return pick(random, Object.values(served[family]).flat());
}

export function aNetwork(random: Random, family: FamilyName): string {
  const address = anAddress(random, family);
  if (random() < 0.5) return `${address}/${family === 'inet' ? 32 : 128}`;
  const wide =
    family === 'inet'
      ? ['10.88.65.0/24', '10.88.0.0/16', '203.0.113.0/24', '10.88.66.0/25']
      : ['fd00:88:0:2::/64', 'fd00:88::/48', '2001:db8::/64', 'fd00:88:0:66::/96'];
  return pick(random, wide);
}

export interface Ask {
  protocol: 'udp' | 'tcp' | 'icmp';
  from: StationName;
  /** Absent: whichever the kernel chooses; tcp leaves it to the kernel always. */
  source?: string;
  destination: string;
  port: number;
}

export function randomAsk(random: Random, protocol: Ask['protocol']): Ask {
  const family = pick(random, families);
  const from = pick(random, ['host', 'podA', 'podA', 'podB', 'fabric', 'fabric'] as const);
  const spoofs = from === 'podA' && random() < 0.15;
  const own = spoofs ? at[family].foreign : pick(random, served[family][from]);
  const source = protocol === 'tcp' ? {} : { source: own };
  const roll = random();
  if (roll < 0.25) {
    const port = pick(random, [30080, 30081]);
    return { protocol, from, ...source, destination: at[family].primary, port };
  }
  const destination = roll < 0.35 ? at[family].service : anAddress(random, family);
  return { protocol, from, ...source, destination, port: 8080 };
}
