/** From drivers to a service: the node is discovered, the source of addresses opened, the filter chosen. Names no driver. */
import { hostname } from 'node:os';
import { isDeepStrictEqual } from 'node:util';
import {
  type AttachmentDeps,
  createAttachments,
  type HostNamespace,
  type Namespace,
} from '@vcn-cni/attachment';
import { createPool, PoolError, type Store } from '@vcn-cni/ipam';
import type { LinkFact } from '@vcn-cni/netlink';
import type { NodeFacts } from '@vcn-cni/pod-network';
import { describeHistory } from './address-history.ts';
import { ConfigError } from './config/config-error.ts';
import type { Config } from './config/schema.ts';
import { type DriftHost, watchDrift } from './drift/watch-drift.ts';
import { chooseFilter, type FilterDrivers } from './filter/choose-filter.ts';
import { openAsCaller } from './host/caller-namespace.ts';
import type { Log } from './log/log.ts';
import { discoverNode, nodeSysctls } from './node/discover.ts';
import { attachmentSettings, hostSettings } from './node/host-settings.ts';
import { createNodeView, type NodeView } from './node/node-view.ts';
import { poolBlocks } from './node/pool-blocks.ts';
import type { Service } from './service.ts';
import { strandedPods } from './source/describe-vnics.ts';
import { explainShortage } from './source/explain-shortage.ts';
import { openSource, type SourceDrivers } from './source/open-source.ts';
import { reportVnics, waitsOf, whyNoAddresses } from './source/report-vnics.ts';
import { type RulesReader, readNode } from './trace/read-node.ts';

export interface Drivers {
  host: HostNamespace & DriftHost & { watchPeers(listener: (link: LinkFact) => void): Disposable };
  open(path: string): Namespace;
  openStore(): Store;
  filter: FilterDrivers;
  source: SourceDrivers;
  /** Everybody's rules, of the host or of the namespace at a path. */
  rules(path?: string): RulesReader;
  /** CLOCK_BOOTTIME in nanoseconds. */
  bootTime(): bigint;
}

/** @throws HostError where this host does not fit the configuration, ConfigError where no host would. */
export async function openService(config: Config, drivers: Drivers, log: Log): Promise<Service> {
  const { host, bootTime } = drivers;
  const now = () => Number(bootTime() / 1_000_000n);
  const settings = hostSettings(config);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => host.close());

  const base = discoverNode(config, await snapshotNode(host));
  const store = drivers.openStore();
  stack.defer(() => store.close());
  if (store.quarantinedFile !== undefined) {
    const { quarantinedFile, quarantineReason } = store;
    log.error({ quarantinedFile, quarantineReason }, 'the store was unreadable and is set aside');
  }
  const pool = createPool({
    cooldownMs: config.pool.cooldownSeconds * 1000,
    families: base.families,
  })({
    now,
    cooled: (addresses) => store.cooled(addresses),
    changed: () => source?.demandChanged(),
  });
  stack.defer(() => pool.close());
  let planChanged: () => void = () => {};
  const view = createNodeView(base, settings, {
    look: () => host.snapshot({ tables: [], ruleProtocol: config.routeProtocol }),
    pool,
    now,
    changed: () => planChanged(),
    cardsChanged: (event) => source?.cardsChanged(event),
    failed: (error) => log.error({ err: error }, 'the links of the host could not be read'),
  });
  const source = openSource(config, drivers.source, { pool, now, log });
  if (source) stack.use(source);
  else offerStatic(view, base, config);
  const filter = await chooseFilter(config, view.facts, drivers.filter, log);

  const reporting = { config, settings, source, view, pool, now };
  const attachments = createAttachments(attachmentSettings(config))({
    kernel: {
      host,
      open: (path, callerPid) => openAsCaller(drivers.open, path, callerPid),
    },
    filter: filter.filter,
    store,
    pool: explainShortage(pool, () => waitsOf(reporting)),
    ...(source && {
      source: {
        missing: () => whyNoAddresses(reporting),
        stranded: () => strandedPods(attachments.list(), pool.blocks()).length,
        growing: () => source.growing(),
      },
    }),
    clock: { bootTime },
    log,
    node: view.facts,
  } satisfies AttachmentDeps);
  stack.use(
    host.watchPeers((link) => {
      attachments.podLinkChanged(link).catch((error: unknown) => {
        log.warn({ err: error }, "a pod's new MAC address was not followed");
      });
    }),
  );

  const resources = stack.move();
  return {
    attachments,
    async reconcile(options) {
      if (!view.known()) return { changes: [] };
      const facts = view.facts();
      const report = await attachments.reconcile(options);
      view.wired(facts);
      return report;
    },
    changes: async () => (view.known() ? attachments.changes() : undefined),
    start: () => source?.start((offer) => view.offer(offer)),
    poolCounts: () => pool.counts(),
    tidy: () => filter.tidy(),
    otherBoot: store.origin === 'other-boot',
    watch(changed) {
      planChanged = () => changed('plan');
      const { filter: rules, concerns, silent } = filter;
      return watchDrift(
        {
          ...{ host, attachments, node: view, settings, log },
          filter: { ...rules, concerns, silent },
        },
        () => changed('drift'),
      );
    },
    vnics: () => reportVnics(reporting, attachments.list()),
    history(address) {
      const state = pool.describe(address);
      if (state === undefined) return undefined;
      const { key } = state;
      const record = key && attachments.list().find((one) => isDeepStrictEqual(one.key, key));
      const clock = { now: now(), today: Date.now() };
      return describeHistory(state, store.history(state.address), record, clock);
    },
    read: (rulesOf) =>
      readNode(
        {
          name: config.node.name ?? hostname(),
          ...{ host, open: drivers.open, rules: drivers.rules, facts: view.facts },
          records: attachments.list,
          skipSourceDestCheck: config.pool.mode === 'oci' && config.oci.skipSourceDestCheck,
        },
        rulesOf,
      ),
    node: () => describe(view.facts(), filter.name),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

async function snapshotNode(host: HostNamespace) {
  const { links } = await host.snapshot({ tables: [], ruleProtocol: false });
  return host.snapshot({ tables: [254], ruleProtocol: false, sysctls: nodeSysctls(links) });
}

function offerStatic(view: NodeView, node: NodeFacts, config: Config): void {
  try {
    view.offer({ vnics: [], blocks: poolBlocks(node, config.pool.excluded) });
  } catch (error) {
    if (error instanceof PoolError) throw new ConfigError([`pool.blocks: ${error.message}`]);
    throw error;
  }
}

function describe({ primary, families }: NodeFacts, filter: string): Record<string, unknown> {
  const { name, mtu, addresses, gateways, blocks } = primary;
  return { interface: name, mtu, families, addresses, gateways, blocks, filter };
}
