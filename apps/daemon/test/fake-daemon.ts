/** A process that is a daemon over a fake service: `node fake-daemon.ts DIRECTORY [--wait-lock]`. */
import { dispatch } from '@vcn-cni/cni-runtime/plugin';
import { runDaemon } from '../src/daemon.ts';
import { loadLibc } from '../src/host/libc.ts';
import { createLogger, openStderr } from '../src/log/logger.ts';
import { createPrometheusMeter } from '../src/metrics/prometheus-meter.ts';
import { fakeService } from './fake-service.ts';
import { testConfig } from './running-daemon.ts';

const [directory = '', flag] = process.argv.slice(2);
const stop = new AbortController();
process.once('SIGTERM', () => stop.abort());
const service = fakeService();
service.workMs = 5;

try {
  await runDaemon(
    { config: testConfig(directory), waitLock: flag === '--wait-lock' },
    {
      libc: loadLibc(),
      log: createLogger({ level: 'info', format: 'json' }, openStderr()),
      version: '0.0.0',
      openService: async () => service,
      dispatch,
      loadMeter: async (sources) => createPrometheusMeter(sources),
      doctor: async () => [],
    },
    stop.signal,
  );
} catch (error) {
  if (!stop.signal.aborted) {
    process.stderr.write(`${(error as Error).message}\n`);
    process.exitCode = 1;
  }
}
