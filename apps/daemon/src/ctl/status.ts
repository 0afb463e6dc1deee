import { CniError } from '@vcn-cni/cni-spec';
import type { Fights } from '../drift/fights.ts';
import type { LoopDelay } from '../metrics/loop-delay.ts';
import type { Service } from '../service.ts';
import { operatorInvocation } from './operator-invocation.ts';
import type { DaemonState, StatusReport } from './state.ts';

/** Describes the daemon at this moment; ready means that STATUS would succeed. */
export async function reportStatus(daemon: {
  state: DaemonState;
  service: Service | undefined;
  fights: Pick<Fights, 'current'>;
  startedAt: Date;
  version: string;
  loopDelay: LoopDelay;
}): Promise<StatusReport> {
  const { state, service, fights, startedAt, version, loopDelay } = daemon;
  const reason =
    state === 'serving' && service ? await whyNotReady(service) : `vcn-cnid is ${state}`;
  const { waits, stranded } = service?.vnics() ?? { waits: [], stranded: [] };
  return {
    state,
    ready: reason === undefined,
    ...(reason !== undefined && { reason }),
    version,
    pid: process.pid,
    startedAt: startedAt.toISOString(),
    attachments: service?.attachments.list().length ?? 0,
    ...(service && { pool: service.poolCounts() }),
    waits,
    stranded,
    fights: fights.current().map(({ change, times }) => ({ change, times })),
    loopDelayMs: Math.round(loopDelay.longest * 10_000) / 10,
    residentBytes: process.memoryUsage.rss(),
    ...(service && { node: service.node() }),
  };
}

async function whyNotReady(service: Service): Promise<string | undefined> {
  try {
    await service.attachments.status(operatorInvocation('STATUS', 'vcnctl'), {
      signal: AbortSignal.timeout(5_000),
    });
    return undefined;
  } catch (error) {
    const { code, msg, details } = CniError.from(error);
    return `${msg}${details ? `: ${details}` : ''} (code ${code})`;
  }
}
