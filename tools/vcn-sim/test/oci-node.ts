import {
  type AssignMode,
  createVnicManager,
  type VnicManager,
  type VnicManagerSettings,
  type Wait,
} from '@vcn-cni/oci-vnic';
import { createRandom } from '../src/random.ts';
import { createFate, createLife, type Fate, mortal } from './mortal.ts';
import type { OciWorld } from './oci-world.ts';
import { createPodPool, type PodPool, type PodPoolOptions } from './pod-pool.ts';

/** The instance's daemon, as far as VNICs go: pool and records outlive its process. */
export interface OciNode {
  readonly world: OciWorld;
  readonly pool: PodPool;
  readonly fate: Fate;
  manager(): VnicManager;
  /** What was waited for at any time, by cause and subject, as it was told last. */
  readonly told: Map<string, Wait>;
  /** One step and the pause after it, or a piece of one if the process dies in it; then answers true. */
  step(longestPauseMs?: number): Promise<boolean>;
  /** Steps for so much simulated time. */
  run(forMs: number): Promise<void>;
  /** Steps until it is so; fails with what is waited for if it is not in time. */
  until(what: string, isSo: () => boolean, withinMs: number): Promise<void>;
  /** Steps until there is nothing left to do or to wait for. */
  rest(withinMs: number): Promise<void>;
  loseRecords(): void;
  /** The process ends as it is told to, and a new one starts with other settings. */
  restartWith(changes: Partial<VnicManagerSettings>): void;
}

export interface OciNodeOptions {
  modes: AssignMode[];
  settings?: Partial<VnicManagerSettings>;
  pool?: Partial<PodPoolOptions>;
  /** Ask how full subnets are. */
  usage?: boolean;
}

export function createNode(world: OciWorld, options: OciNodeOptions): OciNode {
  const { clock, instanceId } = world;
  const { modes } = options;
  let settings: VnicManagerSettings = {
    instanceId,
    subnets: [{ id: world.subnetId, nsgIds: [] }],
    modes,
    prefixLength: { inet: 28, inet6: 80 },
    skipSourceDestCheck: false,
    limits: {
      vnics: 8,
      objectsPerVnic: { inet: 31, inet6: 31 },
      addressesPerVnic: 256,
      attachingAtOnce: 4,
    },
    ...options.settings,
  };
  const step = modes[0] === 'block' ? 2 ** (32 - settings.prefixLength.inet) : 1;
  const pool = createPodPool(clock, { families: ['inet'], step, ...options.pool });
  const families = options.pool?.families ?? ['inet'];
  const fate = createFate();
  const random = createRandom(`manager of ${instanceId}`).next;
  const told: OciNode['told'] = new Map();
  let stored: string | undefined;
  let process = start();

  function start() {
    const life = createLife(fate);
    const { usage: subnetUsage = false } = options;
    const api = world.api(mortal(world.client(), life), { families, subnetUsage });
    const manager = createVnicManager(settings)({
      api,
      clock,
      random,
      pool: {
        wanted: () => pool.wanted(),
        usage: () => pool.usage(),
        offer: (blocks) => life.isAlive() && pool.offer(blocks),
      },
      records: {
        load: () => stored,
        save: (text) =>
          life.act('save', async () => {
            stored = text;
          }),
      },
    });
    // What a dead process has sent may still arrive; it sends nothing more.
    life.death.then(() => clock.after(1_000, manager.stop));
    return { manager, death: life.death };
  }

  const node: OciNode = {
    world,
    pool,
    fate,
    told,
    manager: () => process.manager,
    async step(longestPauseMs = 5_000) {
      const ended = await Promise.race([process.manager.step(), process.death]);
      if (ended === 'dead') {
        process = start();
        return true;
      }
      for (const wait of process.manager.waits()) told.set(`${wait.cause} ${wait.subject}`, wait);
      await world.sleep(Math.max(10, Math.min(ended.nextInMs, longestPauseMs)));
      return false;
    },
    async run(forMs) {
      const end = clock.now() + forMs;
      while (clock.now() < end) await node.step(end - clock.now());
    },
    async until(what, isSo, withinMs) {
      const end = clock.now() + withinMs;
      while (!isSo()) {
        if (clock.now() >= end) {
          const waits = JSON.stringify(process.manager.waits(), undefined, 1);
          throw new Error(`not in ${withinMs / 1000} s: ${what}; waits: ${waits}`);
        }
        await node.step();
      }
    },
    async rest(withinMs) {
      let quiet = false;
      const look = async () => {
        const { operations } = await process.manager.step();
        quiet = operations.length === 0 && process.manager.waits().length === 0;
      };
      const end = clock.now() + withinMs;
      for (await look(); !quiet; await look()) {
        if (clock.now() >= end) await node.until('nothing is left to do', () => false, 0);
        await node.step();
      }
    },
    loseRecords() {
      stored = undefined;
    },
    restartWith(changes) {
      process.manager.stop();
      settings = { ...settings, ...changes };
      process = start();
    },
  };
  return node;
}
