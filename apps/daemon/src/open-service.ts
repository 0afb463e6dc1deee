/** From drivers to a service: the node is discovered, the pool filled, the filter chosen. Names no driver. */
import {
  type AttachmentDeps,
  createAttachments,
  type HostNamespace,
  type Namespace,
} from '@vcn-cni/attachment';
import { createPool, PoolError, type Store } from '@vcn-cni/ipam';
import type { Change, LinkFact } from '@vcn-cni/netlink';
import type { NodeFacts } from '@vcn-cni/pod-network';
import { ConfigError } from './config/config-error.ts';
import type { Config } from './config/schema.ts';
import { chooseFilter, type FilterDrivers } from './filter/choose-filter.ts';
import { openAsCaller } from './host/caller-namespace.ts';
import type { Log } from './log/log.ts';
import { discoverNode, nodeSysctls } from './node/discover.ts';
import { attachmentSettings } from './node/host-settings.ts';
import { poolBlocks } from './node/pool-blocks.ts';
import type { Service } from './service.ts';

export interface Drivers {
  host: HostNamespace & {
    watch(listener: (change: Change) => void): Disposable;
    watchPeers(listener: (link: LinkFact) => void): Disposable;
  };
  open(path: string): Namespace;
  openStore(): Store;
  filter: FilterDrivers;
  /** CLOCK_BOOTTIME in nanoseconds. */
  bootTime(): bigint;
}

/** @throws HostError where this host does not fit the configuration, ConfigError where no host would. */
export async function openService(config: Config, drivers: Drivers, log: Log): Promise<Service> {
  const { host, bootTime } = drivers;
  await using stack = new AsyncDisposableStack();
  stack.defer(() => host.close());

  const node = discoverNode(config, await snapshotNode(host));
  const store = drivers.openStore();
  stack.defer(() => store.close());
  if (store.quarantinedFile !== undefined) {
    const { quarantinedFile, quarantineReason } = store;
    log.error({ quarantinedFile, quarantineReason }, 'the store was unreadable and is set aside');
  }
  const pool = createPool({
    cooldownMs: config.pool.cooldownSeconds * 1000,
    families: node.families,
  })({
    now: () => Number(bootTime() / 1_000_000n),
    cooled: (addresses) => store.cooled(addresses),
  });
  stack.defer(() => pool.close());
  fill(pool, node, config);
  const filter = await chooseFilter(config, node, drivers.filter, log);

  const attachments = createAttachments(attachmentSettings(config))({
    kernel: {
      host,
      open: (path, callerPid) => openAsCaller(drivers.open, path, callerPid),
    },
    filter: filter.filter,
    store,
    pool,
    clock: { bootTime },
    log,
    node: () => node,
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
    poolCounts: () => pool.counts(),
    tidy: () => filter.tidy(),
    otherBoot: store.origin === 'other-boot',
    watch: (changed) => host.watch((change) => concernsShared(change, config) && changed()),
    node: describe(node, filter.name),
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  };
}

async function snapshotNode(host: HostNamespace) {
  const { links } = await host.snapshot({ tables: [], ruleProtocol: false });
  return host.snapshot({ tables: [254], ruleProtocol: false, sysctls: nodeSysctls(links) });
}

function fill(pool: ReturnType<ReturnType<typeof createPool>>, node: NodeFacts, config: Config) {
  try {
    pool.setBlocks(poolBlocks(node, config.pool.excluded));
  } catch (error) {
    if (error instanceof PoolError) throw new ConfigError([`pool.blocks: ${error.message}`]);
    throw error;
  }
}

/** Shared state of ours that somebody took away. Routes of pods come and go with every ADD and DEL. */
function concernsShared(change: Change, { routeProtocol, tables }: Config): boolean {
  if (change.kind === 'overrun') return true;
  if (change.kind === 'rule')
    return change.event === 'gone' && change.rule.protocol === routeProtocol;
  if (change.kind === 'route')
    return (
      change.event === 'gone' &&
      change.route.protocol === routeProtocol &&
      change.route.table !== tables.pods
    );
  return false;
}

function describe({ primary, families }: NodeFacts, filter: string): Record<string, unknown> {
  const { name, mtu, addresses, gateways, blocks } = primary;
  return { interface: name, mtu, families, addresses, gateways, blocks, filter };
}
