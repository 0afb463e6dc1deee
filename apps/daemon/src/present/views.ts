/** What vcnctl prints for people. */
import type { PodView } from '../ctl/pod-view.ts';
import type { StatusReport } from '../ctl/state.ts';
import type { Hazard } from '../doctor/hazard.ts';
import type { VnicReport, VnicsReport } from '../vnics-report.ts';
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
    ...status.waits.map(({ text }) => ['waits for', text]),
    ...(status.stranded.length > 0
      ? [['cut off', `${status.stranded.join(' ')}: the VNIC of an address is gone`]]
      : []),
    ...status.fights.map(({ change, times }) => ['fight', `${change}: made ${times} times`]),
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

export function showVnics({ mode, source, vnics, waits, stranded }: VnicsReport): string {
  const lines = [`addresses from: ${mode}, as told by: ${source}`];
  if (vnics.length > 0) lines.push('', formatTable(vnicColumns, vnics.flatMap(vnicRows)));
  if (waits.length > 0) lines.push('', ...waits.map(({ text }) => `waits for: ${text}`));
  if (stranded.length > 0) lines.push('', `cut off: ${stranded.join(' ')}`);
  return lines.join('\n');
}

const vnicColumns = [
  'vnic',
  'state',
  'device',
  'table',
  'own',
  'block',
  'leased',
  'cooling',
  'free',
];

/** One line a block; what is of the VNIC stands in the first. */
function vnicRows({ name, state, device, table, addresses, blocks }: VnicReport): string[][] {
  const own = [name, state, device ?? '-', `${table ?? '-'}`, addresses.join(' ')];
  if (blocks.length === 0) return [[...own, '-', '', '', '']];
  return blocks.map(({ cidr, service, leased, cooling, free }, index) => [
    ...(index === 0 ? own : own.map(() => '')),
    service === 'active' ? cidr : `${cidr} ${service}`,
    ...[leased, cooling, free].map(String),
  ]);
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
