import type { PluginCase } from '../../case.ts';
import { expectSilence } from '../../judge/expect-silence.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { attach } from '../steps/attach.ts';
import { check } from '../steps/check.ts';

const times = 20;

export const worksAtOnce: PluginCase = {
  id: 'CHK-06',
  title: 'CHECK succeeds at once after ADD, and each time after that',
  does: `executes ADD, and CHECK ${times} times without a pause`,
  expects: 'each CHECK exits 0',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: ['check-fails-at-first', 'check-fails-sometimes'],
  async run(on) {
    const container = await on.container();
    const result = await attach(on, container);
    for (let time = 1; time <= times; time++)
      expectSuccess(await check(on, container, result), 'check-refused');
  },
};

export const printsNothing: PluginCase = {
  id: 'CHK-10',
  title: 'CHECK that succeeds prints nothing on standard output',
  does: 'executes ADD and CHECK',
  expects: 'CHECK exits 0 with an empty standard output',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: ['check-prints'],
  async run(on) {
    const container = await on.container();
    expectSilence(await check(on, container, await attach(on, container)));
  },
};
