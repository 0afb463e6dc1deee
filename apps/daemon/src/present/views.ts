/** What vcnctl prints for people. */
import type { PodView } from '../ctl/pod-view.ts';
import type { StatusReport } from '../ctl/state.ts';
import type { Hazard } from '../doctor/hazard.ts';
import { formatTable } from './table.ts';

export function showStatus(status: StatusReport): string {
  const { pool, node } = status;
  const rows = [
    ['state', `${status.state}, ${status.ready ? 'ready' : `not ready: ${status.reason}`}`],
    ['daemon', `version ${status.version}, pid ${status.pid}, since ${status.startedAt}`],
    ['attachments', `${status.attachments}`],
    ...(pool
      ? [
          [
            'pool',
            `${pool.total} in all: ${pool.leased} leased, ${pool.free} free, ${pool.cooling} cooling, ${pool.excluded} excluded; ${pool.waiting} waiting`,
          ],
        ]
      : []),
    ['event loop', `longest delay ${status.loopDelayMs} ms`],
    ['memory', `${Math.round(status.residentBytes / 1e6)} MB`],
    ...Object.entries(node ?? {}).map(([key, value]) => [key, inWords(value)]),
  ];
  const width = Math.max(...rows.map(([key]) => key!.length));
  return rows.map(([key, value]) => `${key!.padEnd(width)}  ${value}`).join('\n');
}

function inWords(value: unknown): string {
  return typeof value === 'object' && value !== null ? Object.values(value).join(' ') : `${value}`;
}

export function showPods(pods: readonly PodView[], none: string): string {
  if (pods.length === 0) return none;
  return formatTable(
    ['pod', 'addresses', 'interface', 'host link', 'container', 'network', 'phase'],
    pods.map((pod) => [
      pod.pod ?? '-',
      pod.addresses.join(' '),
      pod.ifname,
      pod.hostLink,
      pod.containerId.slice(0, 13),
      pod.network,
      pod.phase,
    ]),
  );
}

export function showHazards(hazards: readonly Hazard[]): string {
  if (hazards.length === 0) return 'no hazards found';
  return hazards
    .map(
      ({ id, severity, evidence, remedy }) =>
        `${severity.toUpperCase().padEnd(7)}  ${id}\n  found: ${evidence}\n  do:    ${remedy}`,
    )
    .join('\n\n');
}
