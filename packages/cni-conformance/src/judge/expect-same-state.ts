import type { PluginHarness } from '../plugin-harness.ts';
import { difference } from '../state/difference.ts';
import type { State } from '../state/state.ts';
import { Finding } from './finding.ts';
import { isKept } from './kept.ts';
import { withoutConsequences } from './without-consequences.ts';

/**
 * That nothing was left and nothing is missing. What the hints allow to stay does not count, nor what iptables leaves
 * of itself. Throws Finding with the lines: `KEY`, or `KEY-sysctl` where only
 * settings differ.
 */
export function expectSameState(
  on: Pick<PluginHarness, 'hints' | 'note'>,
  before: State,
  after: State,
  key: string,
): void {
  const { removed, added } = withoutConsequences(difference(before, after));
  const left = { removed, added: added.filter((line) => !isKept(line, on.hints)) };
  if (left.removed.length + left.added.length === 0) return;
  const lines = [
    ...left.removed.map((line) => `- ${line}`),
    ...left.added.map((line) => `+ ${line}`),
  ];
  const onlySettings = lines.every((line) => line.includes(' sysctl '));
  throw new Finding(
    onlySettings ? `${key}-sysctl` : key,
    `the state differs:\n${lines.join('\n')}`,
  );
}
