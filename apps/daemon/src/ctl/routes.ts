/** The operators' interface: what each path answers. */

import type { AddressHistory } from '../address-history.ts';
import type { Hazard } from '../doctor/hazard.ts';
import type { Meter } from '../metrics/meter.ts';
import type { NodeReading } from '../trace/read-node.ts';
import type { VnicsReport } from '../vnics-report.ts';
import type { PodView } from './pod-view.ts';
import type { StatusReport } from './state.ts';

export interface CtlSources {
  status(): Promise<StatusReport>;
  pods(): PodView[];
  vnics(): VnicsReport;
  history(address: string): AddressHistory | undefined;
  read(rulesOf: ReadonlySet<string>): Promise<NodeReading>;
  /** As lines that an operator could type; undefined: it is not known yet. */
  plan(): Promise<string[] | undefined>;
  collect(): Promise<PodView[]>;
  doctor(): Promise<Hazard[]>;
  meter: Meter;
}

const planUnknown =
  'what would be changed is not known yet: the source of addresses has told nothing so far; vcnctl status tells what is waited for';

export interface CtlAnswer {
  status: number;
  contentType: string;
  body: string;
}

export type Routes = ReadonlyMap<string, (query: URLSearchParams) => Promise<CtlAnswer>>;

/** By method and path, as `GET /v1/status`. */
export function ctlRoutes(sources: CtlSources): Routes {
  return new Map<string, (query: URLSearchParams) => Promise<CtlAnswer>>([
    ...probeRoutes(sources),
    ['GET /v1/status', async () => json(200, await sources.status())],
    ['GET /v1/pods', async () => json(200, { pods: sources.pods() })],
    ['GET /v1/vnics', async () => json(200, sources.vnics())],
    [
      'GET /v1/history',
      async (query) => {
        const address = query.get('address') ?? '';
        const history = sources.history(address);
        if (history) return json(200, history);
        return json(400, { error: `address: ${JSON.stringify(address)} is no IP address` });
      },
    ],
    [
      'GET /v1/capture',
      async (query) => json(200, await sources.read(new Set(query.getAll('rules')))),
    ],
    [
      'GET /v1/plan',
      async () => {
        const changes = await sources.plan();
        return changes ? json(200, { changes }) : json(503, { error: planUnknown });
      },
    ],
    ['POST /v1/gc', async () => json(200, { collected: await sources.collect() })],
    ['GET /v1/doctor', async () => json(200, { hazards: await sources.doctor() })],
  ]);
}

/** What a kubelet and a Prometheus ask for: nothing here names a pod. */
export function probeRoutes({ status, meter }: Pick<CtlSources, 'status' | 'meter'>): Routes {
  return new Map([
    ['GET /healthz', async () => json(200, { alive: true })],
    [
      'GET /readyz',
      async () => {
        const { ready, reason, state } = await status();
        return json(ready ? 200 : 503, { ready, state, ...(reason !== undefined && { reason }) });
      },
    ],
    [
      'GET /metrics',
      async () => {
        const { contentType, text } = await meter.expose();
        return { status: 200, contentType, body: text };
      },
    ],
  ]);
}

function json(status: number, value: unknown): CtlAnswer {
  return { status, contentType: 'application/json', body: `${JSON.stringify(value)}\n` };
}
