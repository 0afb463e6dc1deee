import type { Choice, Step, StepKind } from './explanation.ts';
import { flowOf, type Skb } from './skb.ts';

/** Something in the capture that is not understood, or that was not captured. Never guessed. */
export class CannotJudge extends Error {
  override readonly name = 'CannotJudge';
}

/** The account of one packet's way: its steps, the lots that were drawn, and what could not be judged. */
export class Trail {
  readonly steps: Step[] = [];
  readonly choices: Choice[] = [];
  /** First thing that could not be judged. */
  doubtful: string | undefined;
  readonly #script: readonly number[];

  /** `script`: the index to take at each drawing of lots in turn; where it ends, the first option. */
  constructor(script: readonly number[] = []) {
    this.#script = script;
  }

  step(
    namespace: string,
    kind: StepKind,
    text: string,
    skb: Skb,
    at: Pick<Step, 'table' | 'chain' | 'link'> = {},
  ): Step {
    const step: Step = { namespace, kind, text, packet: flowOf(skb), ...at };
    this.steps.push(step);
    return step;
  }

  /** A jump into a chain; `end` marks it if nothing happened there. */
  jump(namespace: string, text: string, skb: Skb, at: Pick<Step, 'table' | 'chain'>): () => void {
    const step = this.step(namespace, 'chain', text, skb, at);
    const count = this.steps.length;
    return () => {
      if (this.steps.length === count || this.steps.slice(count).every(({ idle }) => idle)) {
        step.idle = true;
      }
    };
  }

  doubt(namespace: string, text: string, skb: Skb, at: Pick<Step, 'table' | 'chain'> = {}): void {
    const step = `cannot be judged: ${text}`;
    this.doubtful ??= step;
    const seen = this.steps.some((s) => s.namespace === namespace && s.text === step);
    if (!seen) this.step(namespace, 'unjudged', step, skb, at);
  }

  choose(namespace: string, text: string, options: string[], skb: Skb): number {
    const taken = this.#script[this.choices.length] ?? 0;
    this.choices.push({ text, options, taken });
    const told = `${text}: ${options[taken]} (one of ${options.length} ways)`;
    if (options.length > 1) this.step(namespace, 'choice', told, skb);
    return taken;
  }
}
