import type { PluginHarness } from '../plugin-harness.ts';
import { difference } from '../state/difference.ts';
import type { State } from '../state/state.ts';
import { expectSameState } from './expect-same-state.ts';

/** As {@link expectSameState}, where what is missing was removed by hand and does not count. */
export const expectNothingLeft = (
  on: Pick<PluginHarness, 'hints' | 'note'>,
  before: State,
  after: State,
  key = 'residue',
): void => expectSameState(on, before, [...before, ...difference(before, after).added].sort(), key);
