import {
  createVnicManager,
  type Family,
  type VnicApi,
  type VnicManager,
  type VnicManagerSettings,
  type VnicRecords,
} from '../src/index.ts';
import type { FakeCloud, SimulatedClock } from '../src/testing/index.ts';
import { createFixturePool, type FixturePool } from './fixture-pool.ts';

/** A node: its pool and records outlive the manager, which may be killed at any call. */
export interface FixtureNode {
  readonly pool: FixturePool;
  readonly instanceId: string;
  manager(): VnicManager;
  /** One step, or a piece of one if the process is killed in it; answers whether it was. */
  step(): Promise<boolean>;
  /** Steps until nothing is left to do, or so much simulated time has passed. */
  settle(forMs: number): Promise<void>;
  /** The process dies at the nth call or save from now, before or after its effect, and a new one is started. */
  killAt(nth: number): void;
  saves(): number;
  /** Sets how the records are lost. */
  loseRecords(): void;
}

export const instance = 'ocid1.instance.a';

export const nodeSettings: VnicManagerSettings = {
  instanceId: instance,
  subnets: [{ id: 'subnet-pods', nsgIds: ['nsg-a'] }],
  modes: ['block', 'bulk', 'single'],
  prefixLength: { inet: 28, inet6: 124 },
  skipSourceDestCheck: true,
  limits: {
    vnics: 8,
    objectsPerVnic: { inet: 31, inet6: 31 },
    addressesPerVnic: 64,
    attachingAtOnce: 4,
  },
};

export function createNode(
  cloud: FakeCloud,
  clock: SimulatedClock,
  random: () => number,
  changes: Partial<VnicManagerSettings> = {},
  poolChanges: Partial<{ warm: number; band: number; families: readonly Family[] }> = {},
): FixtureNode {
  const settings = { ...nodeSettings, ...changes };
  const blockSize = settings.modes[0] === 'block' ? 2 ** (32 - settings.prefixLength.inet) : 1;
  const pool = createFixturePool(clock, {
    warm: 4,
    band: 4,
    cooldownMs: 30_000,
    blockSize,
    families: ['inet'],
    ...poolChanges,
  });
  let stored: string | undefined;
  let saves = 0;
  let dieAfter = Number.POSITIVE_INFINITY;
  let process = start();

  function start() {
    let alive = true;
    let die = (): void => {};
    const death = new Promise<true>((resolve) => {
      die = () => {
        alive = false;
        resolve(true);
      };
    });
    const never = new Promise<never>(() => {});
    /** Before and after its effect an act may be the last one. */
    const act = async <T>(effect: () => Promise<T>): Promise<T> => {
      if (!alive || mayDie()) return never;
      const result = await effect().then(
        (value) => () => value,
        (error: unknown) => () => {
          throw error;
        },
      );
      if (!alive || mayDie()) return never;
      return result();
    };
    const mayDie = (): boolean => {
      if (--dieAfter > 0) return false;
      dieAfter = Number.POSITIVE_INFINITY;
      die();
      return true;
    };
    const real = cloud.api(settings.instanceId);
    const api: VnicApi = {
      listVnics: (asked) => act(() => real.listVnics(asked)),
      listAssignments: (id, asked) => act(() => real.listAssignments(id, asked)),
      getSubnet: (id, asked) => act(() => real.getSubnet(id, asked)),
      attachVnic: (ask, asked) => act(() => real.attachVnic(ask, asked)),
      detachVnic: (id, asked) => act(() => real.detachVnic(id, asked)),
      updateVnic: (id, change, asked) => act(() => real.updateVnic(id, change, asked)),
      assign: (ask, asked) => act(() => real.assign(ask, asked)),
      assignMany: (ask, asked) => act(() => real.assignMany(ask, asked)),
      release: (what, asked) => act(() => real.release(what, asked)),
    };
    const records: VnicRecords = {
      load: () => stored,
      save: (text) =>
        act(async () => {
          stored = text;
          saves++;
        }),
    };
    const mortalPool = {
      ...pool,
      wanted: () => pool.wanted(),
      offer: (blocks: Parameters<FixturePool['offer']>[0]) => alive && pool.offer(blocks),
    };
    const manager = createVnicManager(settings)({ api, clock, records, pool: mortalPool, random });
    return { manager, death };
  }

  const node: FixtureNode = {
    pool,
    instanceId: settings.instanceId,
    manager: () => process.manager,
    async step() {
      const { manager, death } = process;
      const ended = await clock.run(Promise.race([manager.step(), death]));
      if (ended === true) {
        process = start();
        return true;
      }
      await clock.run(clock.sleep(Math.max(1, Math.min(ended.nextInMs, 10_000))));
      return false;
    },
    async settle(forMs) {
      const end = clock.now() + forMs;
      while (clock.now() < end) await node.step();
    },
    killAt(nth) {
      dieAfter = nth;
    },
    saves: () => saves,
    loseRecords() {
      stored = undefined;
    },
  };
  return node;
}
