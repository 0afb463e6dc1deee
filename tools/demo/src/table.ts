import type { Report } from './report.ts';

/** The report for people: pods, flows, what is left. */
export function table({ ok, pods, flows, residue }: Report): string {
  const lines = [
    '',
    ...rows([
      ['POD', 'ADDRESSES', 'HOST LINK', 'CHECK', 'DEL'],
      ...pods.map((p) => [p.name, p.addresses.join(' '), p.hostLink, p.check, p.del]),
    ]),
    '',
    ...rows([
      ['FLOW', 'FROM', 'TO', 'EXPECTED', 'OUTCOME', 'ROUND TRIP'],
      ...flows.map((f) => [
        f.name,
        f.from,
        f.to,
        f.expect,
        f.outcome,
        f.rttMs === null ? '-' : `${f.rttMs.toFixed(3)} ms`,
      ]),
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

function rows(cells: readonly string[][]): string[] {
  const widths = cells[0]!.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join('  ')
      .trimEnd(),
  );
}
