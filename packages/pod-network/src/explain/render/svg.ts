import type { Explanation } from '../explanation.ts';
import { type Picture, picture } from './picture.ts';

/** An explanation as an SVG picture: a column for each namespace, the packet's way down, the answer's way dashed. */
export function svg(explanation: Explanation): string {
  const drawn = picture(explanation);
  const { width, height } = drawn;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, Menlo, Consolas, monospace" font-size="11">`,
    style,
    ...drawn.columns.flatMap((column) => columnParts(column, height)),
    ...drawn.boxes.flatMap(boxParts),
    ...drawn.arrows.flatMap(arrowParts),
    '</svg>',
    '',
  ].join('\n');
}

/** Readable on light and on dark ground. */
const style = `<style>
  .ground { fill: #fff } .head { fill: #1f4e79 } .head-text { fill: #fff; font-weight: bold; font-size: 13px }
  .lane { stroke: #c3cedb; stroke-dasharray: 2 4 } .box { fill: #f4f7fb; stroke: #9db4cc }
  .plain { fill: #1b2733 } .good { fill: #1a7f37; font-weight: bold } .bad { fill: #c0262d; font-weight: bold } .doubt { fill: #9a6700 }
  .there { stroke: #1f6feb; fill: #1f6feb } .back { stroke: #8250df; fill: #8250df } .back line { stroke-dasharray: 6 4 }
  .label { stroke: #fff; stroke-width: 4px; paint-order: stroke }
</style>
<rect class="ground" width="100%" height="100%"/>`;

function columnParts({ name, x, width }: Picture['columns'][number], height: number): string[] {
  const middle = x + width / 2;
  return [
    `<line class="lane" x1="${middle}" y1="42" x2="${middle}" y2="${height - 8}"/>`,
    `<rect class="head" x="${x}" y="8" width="${width}" height="34" rx="6"/>`,
    `<text class="head-text" x="${middle}" y="30" text-anchor="middle">${escaped(name)}</text>`,
  ];
}

function boxParts({ x, y, width, height, lines }: Picture['boxes'][number]): string[] {
  return [
    `<rect class="box" x="${x}" y="${y}" width="${width}" height="${height}" rx="4"/>`,
    ...lines.map(
      (line) =>
        `<text class="${line.tone}" x="${x + 8}" y="${line.y}">${escaped(line.text)}</text>`,
    ),
  ];
}

function arrowParts({ from, to, y, label, back }: Picture['arrows'][number]): string[] {
  const way = to < from ? -1 : 1;
  const tip = `${to},${y} ${to - way * 9},${y - 4} ${to - way * 9},${y + 4}`;
  return [
    `<g class="${back ? 'back' : 'there'}">`,
    `<line x1="${from}" y1="${y}" x2="${to - way * 8}" y2="${y}" stroke-width="1.6"/>`,
    `<polygon points="${tip}"/>`,
    `<text class="label" x="${(from + to) / 2}" y="${y - 6}" text-anchor="middle">${escaped(label)}</text>`,
    '</g>',
  ];
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (char) => `&#${char.codePointAt(0)};`);
}
