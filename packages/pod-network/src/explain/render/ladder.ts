import type { Explanation, Step } from '../explanation.ts';
import { formatFlow } from '../packet.ts';
import { stages } from './stages.ts';

/**
 * An explanation as text for a terminal: a heading, then a rung for each step, under the namespace where it happens.
 * Lines may be long: rules stand as their programs print them. Jumps that lead to nothing are left out.
 */
export function ladder(explanation: Explanation): string {
  const { others = [], more } = explanation;
  const ways = [explanation, ...others];
  const lines = ways.flatMap((way, index) => [
    ...(others.length > 0
      ? [`${index === 0 ? '' : '\n'}way ${index + 1} of ${more ? 'more than ' : ''}${ways.length}`]
      : []),
    ...oneWay(way, 'there'),
    ...(way.back === undefined ? [] : oneWay(way.back, 'back')),
  ]);
  return `${lines.join('\n')}\n`;
}

function oneWay(way: Explanation, direction: 'there' | 'back'): string[] {
  const packets = way.steps.map(({ packet }) => packet);
  const first = packets.find(({ source }) => source !== '') ?? way.packet;
  return [
    `${direction}: ${formatFlow(first)}`,
    ...stages(way).flatMap(({ namespace, steps }) => [
      `  ${namespace}`,
      ...steps.filter(({ idle }) => !idle).map(rung),
    ]),
    `  = ${ending(way)}`,
  ];
}

function rung({ kind, text, table, chain }: Step): string {
  const place = table === undefined ? '' : `${table} ${chain ?? ''}: `;
  return `    ${kind.padEnd(12)} ${place}${text}`;
}

function ending({ verdict, where, why }: Explanation): string {
  const place = where === undefined ? '' : ` in ${where}`;
  return `${verdict}${place}${why === undefined ? '' : `: ${why}`}`;
}
