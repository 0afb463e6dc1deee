import type { PluginCase } from '../../case.ts';
import { Skip } from '../../judge/skip.ts';
import { difference } from '../../state/difference.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { mustRun } from '../steps/must-run.ts';
import { nothingLeftOnHost } from '../steps/nothing-left.ts';
import { warmUp } from '../steps/warm-up.ts';
import { removals } from './removals.ts';

/** DEL after each kind of removal by hand: it succeeds, and removes the rest. */
export const removedByHand: readonly PluginCase[] = removals.map(
  ({ name, what, roles, fast, lines }): PluginCase => ({
    id: `DEL-04/${name}`,
    title: `DEL succeeds where ${what}, and removes the rest`,
    does: `executes ADD; ${what}, by hand; executes DEL, deletes the namespace and compares the host`,
    expects: 'DEL exits 0, and nothing is there that was not there before',
    roles,
    ...(fast && { fast }),
    mutants: [`del-fails-${name}`, `del-stops-${name}`],
    async run(on) {
      await warmUp(on);
      const container = await on.container();
      const before = await on.state();
      const result = await attach(on, container);
      const made = { container, ...difference(before, await on.state()) };
      const todo = lines(made, on);
      if (todo.length === 0) throw new Skip(`ADD makes nothing of the kind: ${what}`);
      for (const [where, line] of todo)
        await mustRun(on, where === 'host' ? 'host' : container, line);
      await detach(on, container, result);
      await nothingLeftOnHost(on, container, before);
    },
  }),
);
