/** Pod addresses of VNICs that this daemon attaches to its instance and keeps stocked. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { BlockCounts, PoolCounts } from '@vcn-cni/ipam';
import {
  createVnicManager,
  formatOperation,
  type Limits,
  type OfferedBlock,
  type VnicApi,
  type VnicManager,
  type VnicRecords,
  type WaitCause,
} from '@vcn-cni/oci-vnic';
import type { Config } from '../config/schema.ts';
import type { Log } from '../log/log.ts';
import type { Offer } from '../node/offer.ts';
import type { AddressSource, SourceWait } from './address-source.ts';
import { type InstanceFacts, lacksRouter, sourcedVnics, sourceVnics } from './oci-vnics.ts';
import type { Outage } from './outage.ts';
import { untilDone } from './until-done.ts';
import { wantedAddresses } from './wanted-addresses.ts';

/** The instance that this daemon runs on, and the way to its cloud. */
export interface OciPlace {
  instanceId: string;
  api: VnicApi;
  /** VNICs of the instance, its primary included. */
  vnicLimit: number;
  /** Bare metal: the MAC address of each physical port, by its index. Absent on virtual machines. */
  ports?: ReadonlyMap<number, string>;
  /** Asks the metadata service for the virtual router of each VNIC, by OCID. */
  routers(signal: AbortSignal): Promise<InstanceFacts['routers']>;
}

export interface OciSourceDeps {
  /** Finds out where this is. Rejects while it cannot; asked again then. */
  locate(signal: AbortSignal): Promise<OciPlace>;
  records: VnicRecords;
  /** What is known of calls that are still being tried. */
  outage: Pick<Outage, 'addTo'>;
  pool: { counts(): PoolCounts; blocks(): BlockCounts[] };
  /** Milliseconds of CLOCK_BOOTTIME. */
  now(): number;
  log: Log;
}

/** ADDs come in bursts: all that come within so many milliseconds are one demand. */
const burstMs = 25;

/** For how long a cloud that does not answer is not taken to be away. */
const patienceMs = 3_000;

export function createOciSource(config: Config, deps: OciSourceDeps): AddressSource {
  const { log, now, pool, outage } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  let manager: VnicManager | undefined;
  let waits: readonly SourceWait[] = [];
  let growing = false;
  let outdated = false;
  let running: Promise<void> = Promise.resolve();
  let wake: () => void = () => {};

  async function run(offer: (offer: Offer) => void): Promise<void> {
    const keep = (wait: SourceWait | undefined) => {
      waits = wait ? [wait] : [];
    };
    const place = await untilDone(() => deps.locate(signal), { signal, now, waiting: keep, log });
    const { instanceId, api, vnicLimit } = place;
    const facts: InstanceFacts = { ...place, routers: new Map() };
    let blocks: readonly OfferedBlock[] = [];
    log.info({ instanceId, vnicLimit }, 'the instance is known');
    const ours = createVnicManager({
      ...managerSettings(config, { ...limitsOf(config), vnics: vnicLimit }),
      instanceId,
    })({
      api,
      clock: { now },
      records: deps.records,
      pool: {
        wanted: () => wantedAddresses(config, pool.counts()),
        usage: () => pool.blocks(),
        offer(given) {
          blocks = given;
          tell();
        },
      },
      failed: (operation, error) =>
        log.warn({ operation: formatOperation(operation), err: error }, 'a call failed'),
    });
    manager = ours;
    const tell = (): void => {
      try {
        offer({ vnics: sourceVnics(ours.state(), facts), blocks });
      } catch (error) {
        log.error({ err: error }, 'what the cloud gave cannot be used');
      }
    };
    const patience = setTimeout(() => {
      ours.recall().catch((error) => log.warn({ err: error }, 'the cache cannot be used'));
    }, patienceMs).unref();
    while (!signal.aborted) {
      const demand = Promise.withResolvers<void>();
      wake = demand.resolve;
      const nextInMs = await untilDone(() => stepOnce(ours), { signal, now, waiting: keep, log });
      clearTimeout(patience);
      if (lacksRouter(ours.state(), facts)) {
        // Its subnet may not be read: the daemon says so, and goes on with what the instance itself knows.
        facts.routers = await place.routers(signal).catch(() => facts.routers);
        tell();
      }
      const idle = new AbortController();
      await Promise.race([
        demand.promise.then(() => sleep(burstMs)),
        sleep(nextInMs, undefined, { signal: AbortSignal.any([signal, idle.signal]) }),
      ]).catch(() => {});
      idle.abort();
    }
  }

  async function stepOnce(ours: VnicManager): Promise<number> {
    if (outdated) {
      outdated = false;
      // What fails here is tried again, and told, by the step.
      await ours.observe().catch(() => {});
    }
    const { operations, nextInMs } = await ours.step();
    const changes = operations.filter(({ op }) => op !== 'wait');
    for (const change of changes) log.info({ operation: formatOperation(change) }, 'planned');
    waits = ours.waits();
    growing =
      changes.some(({ op }) => op === 'attach' || op.startsWith('assign')) ||
      waits.some(({ cause }) => comesByItself.has(cause));
    return nextInMs;
  }

  return {
    start(offer) {
      running = run(offer).catch((error: unknown) => {
        if (!signal.aborted) log.error({ err: error }, 'the source of addresses ended');
      });
    },
    demandChanged: () => wake(),
    cardsChanged(event) {
      // Any card may be that of the VNIC that is being attached; else a new one is nobody's news.
      if (event === 'new' && !waits.some(({ cause }) => cause === 'vnic-attaching')) return;
      outdated = true;
      wake();
    },
    origin: () => manager?.state().source ?? 'none',
    vnics: () => (manager ? sourcedVnics(manager.state()) : []),
    waits: () => outage.addTo(waits),
    growing: () => growing,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      manager?.stop();
      await running;
    },
  };
}

/** What is waited for ends with more addresses, unless something goes wrong. */
const comesByItself: ReadonlySet<string> = new Set<WaitCause>([
  'subnet-updating',
  'vnic-attaching',
  'address-provisioning',
  'records-begun',
  'answer-unknown',
]);

function limitsOf({ oci }: Config): Omit<Limits, 'vnics'> {
  return {
    objectsPerVnic: { inet: oci.objectsPerVnic, inet6: oci.objectsPerVnic },
    addressesPerVnic: oci.addressesPerVnic,
    attachingAtOnce: oci.attachingAtOnce,
  };
}

function managerSettings({ oci }: Config, limits: Limits) {
  const { subnets, securityGroups, nicIndex } = oci;
  return {
    subnets: subnets.map((id) => ({
      id,
      ...(securityGroups && { nsgIds: securityGroups }),
      ...(nicIndex !== undefined && { nicIndex }),
    })),
    modes: oci.assign,
    prefixLength: { inet: oci.blockLength, inet6: oci.blockLength6 },
    skipSourceDestCheck: oci.skipSourceDestCheck,
    limits,
  };
}
