import type { Explanation, Step } from '../explanation.ts';
import type { Flow } from '../packet.ts';

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
  // Of a translation its result is enough, without the line that asked for it.
  return steps.filter(({ kind, table }) => shown.has(kind) && !(kind === 'nat' && table));
}

const shown = new Set<Step['kind']>(['route', 'nat', 'vnic', 'unjudged', 'deliver', 'drop']);
