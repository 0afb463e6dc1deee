/** The daemon's life in this process, over a fake service. */
import { dispatch } from '@vcn-cni/cni-runtime/plugin';
import { configSchema } from '../src/config/schema.ts';
import { type DaemonOptions, runDaemon } from '../src/daemon.ts';
import { loadLibc } from '../src/host/libc.ts';
import { createPrometheusMeter } from '../src/metrics/prometheus-meter.ts';
import { type FakeService, fakeService } from './fake-service.ts';
import { quietLog } from './quiet-log.ts';

export interface RunningDaemon extends AsyncDisposable {
  service: FakeService;
  log: ReturnType<typeof quietLog>;
  /** Resolves once executions are served; rejects if it ends before. */
  serving: Promise<void>;
  /** SIGTERM, and the end. */
  stop(): Promise<void>;
}

export function testConfig(directory: string, more: object = {}) {
  return configSchema.parse({
    socket: `${directory}/cni.sock`,
    ctlSocket: `${directory}/ctl.sock`,
    stateDirectory: directory,
    cacheDirectory: directory,
    pool: { blocks: ['10.0.1.0/28'] },
    ...more,
  });
}

export function startDaemon(
  directory: string,
  options: Partial<DaemonOptions> = {},
  service = fakeService(),
): RunningDaemon {
  const log = quietLog();
  const stopping = new AbortController();
  const { promise: serving, resolve, reject } = Promise.withResolvers<void>();
  const ended = runDaemon(
    {
      config: testConfig(directory),
      waitLock: false,
      onServing: async () => resolve(),
      ...options,
    },
    {
      libc: loadLibc(),
      log,
      version: '0.0.0',
      openService: async () => service,
      dispatch,
      loadMeter: async (sources) => createPrometheusMeter(sources),
      doctor: async () => [
        { id: 'ip-forward', severity: 'error', evidence: 'it is 0', remedy: 'set it to 1' },
      ],
    },
    stopping.signal,
  );
  ended.then(() => reject(new Error('ended')), reject);
  serving.catch(() => {});
  const stop = async () => {
    stopping.abort();
    await ended.catch(() => {});
  };
  return { service, log, serving, stop, [Symbol.asyncDispose]: stop };
}
