import type { Explanation, Step } from '../explanation.ts';
import { between, landmarks, type Stage, said, stages } from './stages.ts';

/** An explanation as a Mermaid flowchart: a box for each namespace passed, the answer's way dotted. */
export function mermaid(explanation: Explanation): string {
  const { back } = explanation;
  const lines = ['flowchart LR', ...way(explanation, 'a', '-->')];
  if (back !== undefined) lines.push(...way(back, 'b', '-.->'));
  return `${lines.join('\n')}\n`;
}

function way(explanation: Explanation, prefix: string, arrow: string): string[] {
  const all = stages(explanation);
  return all.flatMap((stage, index) => {
    const id = `${prefix}${index}`;
    const next = index + 1 < all.length ? [link(id, `${prefix}${index + 1}`, stage, arrow)] : [];
    return [`  ${id}["${box(stage, explanation)}"]`, ...next];
  });
}

function link(from: string, to: string, stage: Stage, arrow: string): string {
  return `  ${from} ${arrow}|"${entities(between(stage))}"| ${to}`;
}

function box(stage: Stage, { verdict }: Explanation): string {
  const lines = landmarks(stage).map((step) => entities(line(step, verdict)));
  return [`<b>${entities(stage.namespace)}</b>`, ...lines].join('<br/>');
}

function line(step: Step, verdict: Explanation['verdict']): string {
  const { kind } = step;
  const text = said(step);
  const short = text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
  if (kind === 'drop') return `✗ ${short}`;
  if (kind === 'deliver' && verdict === 'delivered') return `✓ ${short}`;
  return short;
}

const longest = 100;

/** Mermaid reads entities of its own, begun by `#`. */
function entities(text: string): string {
  return text.replace(/[#"<>&|`]/g, (char) => `#${char.codePointAt(0)};`);
}
