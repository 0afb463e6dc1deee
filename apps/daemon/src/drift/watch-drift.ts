/** Looks out for what others change of ours: by what the kernel announces, and by a look a second for what it does not. */
import type { Attachments, Filter } from '@vcn-cni/attachment';
import type { ActualState, Change, SnapshotScope } from '@vcn-cni/netlink';
import { type HostSettings, type NodeFacts, planHost } from '@vcn-cni/pod-network';
import type { Log } from '../log/log.ts';

/** Table of nftables that something was changed in; `any`: it may have been any. */
export type TableChange = { family: string; table: string } | 'any';

export interface DriftHost {
  watch(listener: (change: Change) => void): Disposable;
  watchTables(listener: (change: TableChange) => void): Disposable;
  snapshot(scope: SnapshotScope): Promise<ActualState>;
}

export interface DriftDeps {
  host: DriftHost;
  attachments: Pick<Attachments, 'concerns'>;
  node: {
    facts(): NodeFacts;
    /** Before the source of addresses has told anything, there is nothing to compare with. */
    known(): boolean;
    /** Takes it into account; answers whether it is about a VNIC. */
    heed(change: Change): boolean;
  };
  filter: Filter & WatchedFilter;
  settings: HostSettings;
  log: Log;
}

/** How changes of the packet filter become known. */
export interface WatchedFilter {
  /** Whether a change of this table certainly is one of ours, may be one, or is none. */
  concerns(change: TableChange): 'ours' | 'perhaps' | 'none';
  /** The kernel announces nothing of it. */
  silent: boolean;
}

const pollMs = 1_000;

/** Calls `drifted` each time when something of ours may be otherwise than planned. */
export function watchDrift(deps: DriftDeps, drifted: () => void): Disposable {
  const { host, attachments, node, filter, settings, log } = deps;
  const stack = new DisposableStack();
  stack.use(
    host.watch((change) => {
      if (node.heed(change) || attachments.concerns(change) || isShared(change, settings))
        drifted();
    }),
  );
  let doubtful = false;
  stack.use(
    host.watchTables((change) => {
      const concern = filter.concerns(change);
      if (concern === 'ours') drifted();
      doubtful ||= concern === 'perhaps';
    }),
  );
  let looking = false;
  const look = async (): Promise<void> => {
    if (looking || !node.known()) return;
    looking = true;
    try {
      const check = doubtful || filter.silent;
      doubtful = false;
      if (await sysctlsDiffer(host, node.facts(), settings)) drifted();
      else if (check && (await filter.differences()).length > 0) drifted();
    } catch (error) {
      log.warn({ err: error }, 'a look for drift failed');
    }
    looking = false;
  };
  const timer = setInterval(() => void look(), pollMs).unref();
  stack.defer(() => clearInterval(timer));
  return stack;
}

async function sysctlsDiffer(
  host: DriftHost,
  facts: NodeFacts,
  settings: HostSettings,
): Promise<boolean> {
  const wanted = new Map(planHost(facts, settings).sysctls.map(({ name, value }) => [name, value]));
  const scope = {
    links: [],
    tables: [],
    ruleProtocol: false,
    sysctls: [...wanted.keys()],
  } as const;
  const { sysctls } = await host.snapshot(scope);
  return sysctls.some(({ name, value }) => wanted.get(name) !== value);
}

/** Shared state of ours that somebody took away. Routes of pods are the attachments' own. */
function isShared(change: Change, { routeProtocol, tables }: HostSettings): boolean {
  if (change.kind === 'rule')
    return change.event === 'gone' && change.rule.protocol === routeProtocol;
  return (
    change.kind === 'route' &&
    change.event === 'gone' &&
    change.route.protocol === routeProtocol &&
    (change.route.table !== tables.pods || change.linkIndex === undefined)
  );
}
