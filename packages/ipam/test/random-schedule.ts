import { expect } from 'vitest';
import {
  type AttachmentKey,
  type Block,
  createPool,
  type Family,
  formatKey,
  type Pool,
  PoolError,
} from '../src/index.ts';
import { createManualClock } from './manual-clock.ts';
import { addressesOf, PoolModel } from './pool-model.ts';
import { key, turn } from './pool-setup.ts';
import { createRandom, type Random } from './random.ts';

const cooldownMs = 50;
const wishes: readonly Family[][] = [
  ['inet'],
  ['inet'],
  ['inet6'],
  ['inet', 'inet6'],
  ['inet6', 'inet'],
];
const sources: readonly Block[] = [
  { cidr: '10.0.0.0/29', vnic: 'a' },
  { cidr: '10.0.1.0/30', vnic: 'b' },
  { cidr: '10.0.1.4/31', vnic: 'b', excluded: ['10.0.1.5'] },
  { cidr: '10.0.2.9/32', vnic: 'c' },
  { cidr: '2001:db8::/126', vnic: 'a' },
  { cidr: '2001:db8:1::/127', vnic: 'b' },
  { cidr: '2001:db8:2::7/128', vnic: 'c' },
];
const larger: Block = { cidr: '10.0.0.0/28', vnic: 'd' };

interface Asked {
  key: AttachmentKey;
  families: Family[];
  requested: string[];
  deadline: number;
  caller: AbortController;
  outcome?: 'leased' | PoolError['reason'];
}

/** Does `steps` random things to a pool and compares it with the model after each. */
export async function runSchedule(seed: number, steps: number): Promise<void> {
  const random = createRandom(seed);
  const clock = createManualClock();
  const model = new PoolModel();
  let pool = start();
  let names = 0;
  let asked: Asked[] = [];
  const holders = new Map<string, AttachmentKey>();

  function start(): Pool {
    return createPool({ cooldownMs })(clock);
  }

  function setBlocks(): void {
    model.blocks = chooseBlocks(random);
    pool.setBlocks(model.blocks);
  }

  function acquire(): void {
    const families = random.pick(wishes);
    const requested = random.chance(0.15)
      ? [
          random.pick(
            sources
              .flatMap(addressesOf)
              .filter((address) => families.includes(address.includes(':') ? 'inet6' : 'inet')),
          ),
        ]
      : [];
    const waitMs = random.pick([0, 20, 200]);
    const caller = new AbortController();
    const ask: Asked = {
      key: key(names++),
      families,
      requested,
      deadline: clock.now() + waitMs,
      caller,
    };
    asked.push(ask);
    const index = names;
    pool
      .acquire({ key: ask.key, families, requested }, { signal: caller.signal, waitMs })
      .then(
        (lease) => {
          ask.outcome = 'leased';
          if (caller.signal.aborted) throw new Error(`${index} was served after it gave up`);
          model.leased(lease, families, clock.now());
          for (const address of requested)
            expect(lease.addresses.map((a) => a.address)).toContain(address);
          holders.set(formatKey(lease.key), lease.key);
          expect(passedOver(ask)).toEqual([]);
        },
        (error) => {
          if (!(error instanceof PoolError)) throw error;
          ask.outcome = error.reason;
        },
      )
      .catch((error) => failures.push(error));
  }

  /** Who asked earlier for the same, without a requested address, and still waits. */
  function passedOver(served: Asked): string[] {
    if (served.requested.length > 0) return [];
    const same = (ask: Asked) =>
      [...ask.families].sort().join() === [...served.families].sort().join();
    return asked
      .slice(0, asked.indexOf(served))
      .filter((ask) => !ask.outcome && same(ask) && ask.requested.length === 0)
      .map((ask) => formatKey(ask.key));
  }

  function release(): void {
    if (holders.size === 0) return;
    const [id, holder] = random.pick([...holders]);
    holders.delete(id);
    if (random.chance(0.2)) {
      pool.abandon(holder);
      model.returnedBy(holder, 0);
      return;
    }
    const released = pool.release(holder);
    const expected = model.returnedBy(holder, clock.now() + cooldownMs);
    expect(released.map(({ address }) => address).sort()).toEqual(expected);
  }

  function restart(): void {
    const leases = [...holders.values()].map((holder) => pool.lease(holder)!);
    const cooling = pool.cooling();
    pool.close();
    pool = start();
    const inOrder = [() => pool.restore(leases, cooling), () => pool.setBlocks(model.blocks)];
    for (const step of random.chance(0.5) ? inOrder : inOrder.reverse()) step();
    if (model.frozenUntil > clock.now()) pool.quarantine(model.frozenUntil - cooldownMs);
    model.onlyCoolingIsKnown(clock.now());
  }

  function quarantine(): void {
    if (model.frozenUntil > clock.now()) return;
    pool.quarantine();
    model.frozenUntil = clock.now() + cooldownMs;
    model.onlyCoolingIsKnown(clock.now());
  }

  const failures: unknown[] = [];
  setBlocks();
  for (let step = 0; step < steps; step++) {
    const dice = random.below(100);
    if (dice < 45) acquire();
    else if (dice < 70) release();
    else if (dice < 80) random.pick(asked.length > 0 ? asked : [undefined])?.caller.abort();
    else if (dice < 92) clock.advance(random.below(30));
    else if (dice < 97) setBlocks();
    else if (dice < 99) restart();
    else quarantine();
    await turn();
    if (failures.length > 0) throw failures[0];
    checkCounts(step);
    checkNobodyWaitsInVain(step);
    asked = asked.filter((ask) => !ask.outcome);
  }

  pool.setBlocks([]);
  for (const holder of holders.values()) pool.release(holder);
  for (const ask of asked) ask.caller.abort();
  clock.advance(cooldownMs);
  await turn();
  expect(pool.counts()).toMatchObject({ total: 0, leased: 0, cooling: 0, free: 0, waiting: 0 });
  expect(pool.blocks()).toEqual([]);
  expect(clock.timers()).toBe(0);

  function checkCounts(step: number): void {
    const actual = pool.counts();
    const expected = model.counts(clock.now());
    for (const family of ['inet', 'inet6'] as const) {
      const { total, leased, cooling, free } = actual.families[family];
      expect(leased + cooling + free, `step ${step}: sum of ${family}`).toBe(total);
      expect(leased, `step ${step}: leased ${family}`).toBe(expected[family].leased);
      // While all are held back, the model does not know which of them the pool knows by name.
      if (model.frozenUntil > clock.now()) continue;
      expect({ total, leased, free }, `step ${step}: ${family}`).toEqual(expected[family]);
    }
    expect(actual.waiting).toBe(asked.filter((ask) => !ask.outcome).length);
  }

  /** Of each kind the first waits only if some family has no address left after those kept for earlier kinds. */
  function checkNobodyWaitsInVain(step: number): void {
    const { families } = pool.counts();
    const left = { inet: families.inet.free, inet6: families.inet6.free };
    const kinds = new Set<string>();
    for (const ask of asked.filter(({ outcome }) => !outcome)) {
      const any = ask.families.filter((family) =>
        ask.requested.every((address) => address.includes(':') !== (family === 'inet6')),
      );
      const kind = any.sort().join();
      if (kinds.has(kind)) continue;
      kinds.add(kind);
      expect(
        any.some((family) => left[family] <= 0),
        `step ${step}: ${formatKey(ask.key)} waits in vain`,
      ).toBe(true);
      for (const family of any) left[family]--;
      expect(ask.deadline, 'waits beyond its time').toBeGreaterThanOrEqual(clock.now());
    }
  }
}

function chooseBlocks(random: Random): Block[] {
  const chosen = sources
    .filter(() => random.chance(0.7))
    .map((block) => (random.chance(0.2) ? { ...block, draining: true } : block));
  return random.chance(0.2)
    ? [...chosen.filter(({ cidr }) => cidr !== '10.0.0.0/29'), larger]
    : chosen;
}
