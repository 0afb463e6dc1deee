import type { Explanation, Step } from '../explanation.ts';
import { type Flow, formatFlow } from '../packet.ts';

/** What happened in one namespace, or in the VCN, without leaving it. */
export interface Stage {
  namespace: string;
  steps: Step[];
  /** As it came out, or ended. */
  packet: Flow;
}

/** The steps of one way, gathered by namespace; a namespace that is passed twice stands twice. */
export function stages({ steps }: Explanation): Stage[] {
  const all: Stage[] = [];
  for (const step of steps) {
    const last = all.at(-1);
    if (last === undefined || last.namespace !== step.namespace) {
      all.push({ namespace: step.namespace, steps: [step], packet: step.packet });
      continue;
    }
    last.steps.push(step);
    last.packet = step.packet;
  }
  return all;
}

/** Steps that a picture has room for. */
export function landmarks({ steps }: Stage): Step[] {
  // Of a translation its result is enough, and of a drop its reason, without the line that asked for it.
  return steps.filter(
    ({ kind, table }, at) =>
      shown.has(kind) &&
      !(kind === 'nat' && table) &&
      !(kind === 'filter' && steps[at + 1]?.kind === 'drop'),
  );
}

const shown = new Set<Step['kind']>([
  'route',
  'nat',
  'filter',
  'vnic',
  'unjudged',
  'deliver',
  'drop',
]);

/** What a picture says of a landmark. */
export function said({ kind, text, table, chain }: Step): string {
  if (kind === 'filter') return `${table} ${chain}: ${text}`;
  // Not every step of routing is a route: a source is chosen.
  return kind === 'route' && /\bdev\b|^(unreachable|blackhole|prohibit)/.test(text)
    ? `route ${text}`
    : text;
}

/** A packet on its way from one namespace to another: a mark does not leave its own. */
export const between = ({ packet }: Stage): string => formatFlow({ ...packet, mark: 0 });
