import { type Flow, isAsExpected, type Report, type VnicRow } from './report.ts';

/** The report for people: VNICs, pods, flows, what is left. */
export function table({ ok, vnics, pods, flows, residue }: Report): string {
  const lines = [
    '',
    ...rows([
      ['NODE', 'VNIC', 'SUBNET', 'DEVICE', 'TABLE', 'ADDRESSES FOR PODS', 'FREE', 'USED'],
      ...vnics.map(vnicCells),
    ]),
    '',
    ...rows([
      ['POD', 'NODE', 'ADDRESSES', 'HOST LINK', 'CHECK', 'DEL'],
      ...pods.map((p) => [p.name, p.node, p.addresses.join(' '), p.hostLink, p.check, p.del]),
    ]),
    '',
    ...rows([
      ['FLOW', 'FROM', 'TO', 'EXPECTED', 'OUTCOME', 'ROUND TRIP'],
      ...byName(flows).flatMap((group) =>
        group.map((f, at) => [
          ...[at === 0 ? f.name : '', f.from, f.to, f.expect],
          ...[outcome(f), roundTrip(f)],
        ]),
      ),
    ]),
    '',
    residue.length === 0
      ? 'Left behind after DEL: nothing (links, addresses, routes, rules, neighbours, filter, spool).'
      : `Left behind after DEL:\n${residue.map((line) => `  ${line}`).join('\n')}`,
    ok ? 'Everything as expected.' : 'NOT as expected.',
    '',
  ];
  return `${lines.join('\n')}\n`;
}

function vnicCells(vnic: VnicRow): string[] {
  const { node, id, subnet, device, table, blocks, free, used } = vnic;
  return [
    ...[node, shortId(id), shortId(subnet), device ?? '-', `${table ?? '-'}`],
    ...[summary(blocks), `${free}`, `${used}`],
  ];
}

/** Many single addresses would fill the screen; blocks are few. */
function summary(blocks: readonly string[]): string {
  const isSingle = blocks.every((block) => /\/(32|128)$/.test(block));
  return isSingle && blocks.length > 2 ? `${blocks.length} addresses` : blocks.join(' ');
}

/** The end of an OCID is what tells it from others. */
const shortId = (ocid: string | null): string => (ocid === null ? '-' : `...${ocid.slice(-8)}`);

/** Flows of one name together, which is then said once. */
const byName = (flows: readonly Flow[]): Flow[][] => [
  ...Map.groupBy(flows, ({ name }) => name).values(),
];

function outcome(flow: Flow): string {
  const { outcome, dropped, droppedBy } = flow;
  const drops = dropped === undefined ? '' : ` (${droppedBy} dropped ${dropped})`;
  return `${outcome}${drops}${isAsExpected(flow) ? '' : ', NOT as expected'}`;
}

const roundTrip = ({ rttMs }: Flow): string => (rttMs === null ? '-' : `${rttMs.toFixed(3)} ms`);

function rows(cells: readonly string[][]): string[] {
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
