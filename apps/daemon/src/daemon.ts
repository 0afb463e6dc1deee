/** The life of the daemon: lock, recover, drain, serve; and all of it backwards at the end. */
import { once } from 'node:events';
import { join } from 'node:path';
import type {
  FrameAnswer,
  FrameRequest,
  HandlerContext,
  PluginHandlers,
} from '@vcn-cni/cni-runtime/plugin';
import type { Config } from './config/schema.ts';
import { collect } from './ctl/collect.ts';
import { serveHttp } from './ctl/http-server.ts';
import { podView } from './ctl/pod-view.ts';
import { type CtlSources, ctlRoutes, probeRoutes } from './ctl/routes.ts';
import type { DaemonState } from './ctl/state.ts';
import { reportStatus } from './ctl/status.ts';
import type { Hazard } from './doctor/hazard.ts';
import { createFights } from './drift/fights.ts';
import { runningProcesses } from './drift/running-processes.ts';
import { suspectsOf } from './drift/suspects.ts';
import type { Libc } from './host/libc.ts';
import { takeLock } from './host/lock.ts';
import { ensurePrivateDirectory } from './host/state-directory.ts';
import type { Log } from './log/log.ts';
import { createDeferredMeter } from './metrics/deferred-meter.ts';
import { watchLoopDelay } from './metrics/loop-delay.ts';
import type { Meter, MeterSources } from './metrics/meter.ts';
import { startReconcileLoop } from './reconcile-loop.ts';
import { createRequestServer } from './server/request-server.ts';
import { serveVerbs } from './server/serve-verbs.ts';
import type { Service } from './service.ts';
import { createSpool } from './spool/spool.ts';

/** What an ADD that waits for an address has at a stop; relays wait 5 s for the next daemon. */
const graceMs = 1_000;

export interface DaemonDeps {
  libc: Libc;
  log: Log;
  version: string;
  /** Opens the store and the kernel, and makes the host as planned. Called under the lock. */
  openService(events: { cloudCall: Meter['cloudCall'] }): Promise<Service>;
  dispatch(
    handlers: PluginHandlers,
    request: FrameRequest,
    context: HandlerContext,
  ): Promise<FrameAnswer>;
  loadMeter(sources: MeterSources): Promise<Meter>;
  doctor(): Promise<Hazard[]>;
}

export interface DaemonOptions {
  config: Config;
  /** Wait while another daemon holds the lock, instead of failing. */
  waitLock: boolean;
  /** Called once executions are served. */
  onServing?: () => Promise<void>;
}

/**
 * Runs until `signal` aborts, then finishes what is in progress.
 * @throws LockHeldError, or whatever kept it from starting.
 */
export async function runDaemon(
  { config, waitLock, onServing }: DaemonOptions,
  deps: DaemonDeps,
  signal: AbortSignal,
): Promise<void> {
  const { log, libc } = deps;
  const startedAt = new Date();
  const fights = createFights(() => performance.now());
  let state: DaemonState = 'starting';
  let service: Service | undefined;
  const opened = () => {
    if (!service) throw new Error('vcn-cnid is still starting; try again in a moment');
    return service;
  };

  await using stack = new AsyncDisposableStack();
  await ensurePrivateDirectory(config.stateDirectory, 'lock');
  stack.use(
    await takeLock(libc, {
      path: join(config.stateDirectory, 'lock'),
      wait: waitLock,
      signal,
      onWait: (holder) => log.info({}, `waiting for another vcn-cnid${holder} to stop`),
    }),
  );

  const loopDelay = stack.use(watchLoopDelay());
  const meter = createDeferredMeter(() =>
    deps.loadMeter({
      pool: () => service?.poolCounts(),
      vnics: () => service?.vnics(),
      fights: () => fights.current().length,
      attachments: () => service?.attachments.list().length ?? 0,
      loopDelay: () => loopDelay.read(),
    }),
  );
  const sources: CtlSources = {
    status: () =>
      reportStatus({ state, service, fights, startedAt, version: deps.version, loopDelay }),
    pods: () => opened().attachments.list().map(podView),
    vnics: () => opened().vnics(),
    history: (address) => opened().history(address),
    read: (rulesOf) => opened().read(rulesOf),
    plan: async () => (await opened().changes())?.changes,
    collect: () => collect(opened().attachments),
    doctor: deps.doctor,
    meter,
  };
  stack.use(await serveHttp({ path: config.ctlSocket }, ctlRoutes(sources), log));
  if (config.metrics.listen !== undefined)
    stack.use(await serveHttp({ listen: config.metrics.listen }, probeRoutes(sources), log));

  service = stack.use(await deps.openService({ cloudCall: (attempt) => meter.cloudCall(attempt) }));
  const { attachments } = service;
  log.info(await attachments.recover(), 'recovered');
  await service.reconcile();
  signal.throwIfAborted();
  const loop = stack.use(
    startReconcileLoop(
      {
        reconcile: service.reconcile,
        changes: service.changes,
        repair: config.repair,
        fights,
        suspects: async (change) => suspectsOf(change, await runningProcesses()),
        log,
        observe: (repairs) => meter.repairs(repairs),
      },
      config.reconcileSeconds * 1000,
    ),
  );
  stack.use(service.watch((why) => (why === 'plan' ? loop.now() : loop.soon())));
  service.start();

  const serve = serveVerbs({
    handlers: attachments,
    dispatch: deps.dispatch,
    log,
    observe: (sample) => meter.verb(sample),
    deadlineMs: config.deadlines.verb * 1000,
  });
  const spool = createSpool(join(config.stateDirectory, 'spool'), { serve, libc, log });
  if (service.otherBoot) await spool.discard();
  await spool.drain();

  const open = Promise.withResolvers<void>();
  const server = createRequestServer(
    { path: config.socket, graceMs },
    {
      libc,
      log,
      serve: (request, context) => open.promise.then(() => serve(request, context)),
      requestMs: config.deadlines.request * 1000,
    },
  );
  await server.start();
  stack.defer(() => server.stop());
  // A plugin that has spooled tries to connect once more: what it could not send was written before this.
  await spool.drain().finally(open.resolve);
  stack.use(spool.watch());
  state = 'serving';
  const startMs = Date.now() - startedAt.getTime();
  log.info({ socket: config.socket, startMs, ...service.node() }, 'serving');

  await meter.load();
  await service.tidy().catch((error) => log.warn({ err: error }, 'tidying up failed'));
  await onServing?.();
  if (!signal.aborted) await once(signal, 'abort');
  state = 'stopping';
  log.info({ open: server.open }, 'stopping');
}
