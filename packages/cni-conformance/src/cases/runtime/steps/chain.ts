import type { DelegateScript } from '../../../delegate.ts';
import type { JsonObject } from '../../../evidence.ts';
import type { RuntimeHarness } from '../../../runtime-harness.ts';
import { markedAnswer } from '../../../runtime-probe.ts';

export interface ChainOptions {
  /** Names of its probes; the mark of each is its place, from 1 on. */
  readonly plugins?: readonly string[];
  /** Over the list. */
  readonly list?: Readonly<JsonObject>;
  /** Over the configuration of one plugin. */
  readonly fields?: Readonly<Record<string, Readonly<JsonObject>>>;
  /** Over the answers of one plugin. */
  readonly answers?: Readonly<Record<string, DelegateScript>>;
}

/** Writes a list of recording probes, by default of three, and names it. */
export async function chain(
  on: RuntimeHarness,
  {
    plugins = ['first', 'second', 'third'],
    list = {},
    fields = {},
    answers = {},
  }: ChainOptions = {},
): Promise<string> {
  for (const [index, name] of plugins.entries()) {
    await on.probe(name, { ADD: markedAnswer(on.version, index + 1), ...answers[name] });
  }
  const network = { name: 'net', ...list };
  await on.network({
    ...network,
    plugins: plugins.map((type) => ({ type, ...fields[type] })),
  });
  return network.name;
}
