import type { Random } from '../random.ts';
import { updateSubnet } from './pick-address.ts';
import { draw, type World } from './world.ts';

/** What happens to a call instead of what it asks for, or beside it. */
export type Effect =
  /** 429 TooManyRequests; nothing is done. */
  | { kind: 'throttle' }
  /** 500 InternalServerError; nothing is done. */
  | { kind: 'server-error' }
  /** 404 NotAuthorizedOrNotFound: a policy statement is missing. */
  | { kind: 'deny' }
  | { kind: 'answer'; status: number; code: string; message?: string }
  /** It is done, and the connection breaks before the answer. */
  | { kind: 'lost' }
  /** The connection breaks at once; nothing is done. */
  | { kind: 'away' }
  /** It is done as asked, later. */
  | { kind: 'delay'; ms: number };

export interface Fault {
  /** The operation's name, as `CreatePrivateIp`; `*`: every one. */
  operation: string;
  effect: Effect;
  /** How many calls it hits; absent: every one until it is removed. */
  times?: number;
}

export interface Faults {
  inject(fault: Fault): string;
  remove(id: string): boolean;
  clear(): void;
  list(): (Fault & { id: string })[];
  /** What happens to this call; it uses up one time of a fault. */
  draw(operation: string, isWrite: boolean): Effect | undefined;
  /** The same of what was injected alone, without what the profile leaves to chance. */
  injected(operation: string): Effect | undefined;
}

/** The faults of a cloud: those injected, then those of its profile by chance, repeatable by seed. */
export function createFaults(world: World): Faults {
  const faults = new Map<string, Fault>();
  const streams = new Map<string, Random>();
  let serial = 0;
  let stormUntil = 0;

  /** A stream per operation: the order in which different calls arrive changes nothing. */
  function streamOf(operation: string): Random {
    const known = streams.get(operation);
    if (known) return known;
    const made = world.random.fork(`faults/${operation}`);
    streams.set(operation, made);
    return made;
  }

  function byChance(operation: string, isWrite: boolean): Effect | undefined {
    const { chance, storm, stuckAttaching } = world.profile;
    const random = streamOf(operation);
    const [throttled, stormy, broken, lost, stuck, updating] = Array.from(
      { length: 6 },
      random.next,
    );
    const now = world.clock.now();
    if (operation === 'AttachVnic' && stuck! < chance.stuckAttaching) {
      const ends = random.chance(0.5) ? 'attached' : 'detached';
      world.stuck.push({ ms: draw(world, stuckAttaching), ends });
    }
    if (isWrite && updating! < chance.subnetUpdating) updateOneSubnet(world, random);
    if (now < stormUntil) return { kind: 'throttle' };
    if (stormy! < chance.storm) {
      stormUntil = now + draw(world, storm);
      return { kind: 'throttle' };
    }
    if (throttled! < chance.throttled) return { kind: 'throttle' };
    if (broken! < chance.serverError) return { kind: 'server-error' };
    return lost! < chance.lost ? { kind: 'lost' } : undefined;
  }

  function injected(operation: string): Effect | undefined {
    for (const [id, fault] of faults) {
      if (fault.operation !== '*' && fault.operation !== operation) continue;
      if (fault.times !== undefined && --fault.times <= 0) faults.delete(id);
      return fault.effect;
    }
    return undefined;
  }

  return {
    inject(fault) {
      const id = `fault-${++serial}`;
      faults.set(id, { ...fault });
      return id;
    },
    remove: (id) => faults.delete(id),
    clear: () => faults.clear(),
    list: () => [...faults].map(([id, fault]) => ({ id, ...fault })),
    draw: (operation, isWrite) => injected(operation) ?? byChance(operation, isWrite),
    injected,
  };
}

function updateOneSubnet(world: World, random: Random): void {
  const calm = [...world.subnets.values()].filter(({ lifecycle }) => lifecycle === 'AVAILABLE');
  const subnet = calm[random.between(0, calm.length - 1)];
  if (subnet) updateSubnet(world, subnet, draw(world, world.profile.subnetUpdating.base));
}
