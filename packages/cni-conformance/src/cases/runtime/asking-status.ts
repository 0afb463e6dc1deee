import type { RuntimeCase } from '../../case.ts';
import { markedAnswer } from '../../runtime-probe.ts';
import { chain } from './steps/chain.ts';
import { expectNone, expectOrder } from './steps/expect-order.ts';
import { failing } from './steps/failing.ts';
import { fail, operate, succeed } from './steps/operate.ts';

export const statusAsks: RuntimeCase = {
  id: 'RUN-05/asks',
  title: 'A network is ready when each of its plugins says so',
  does: 'asks for the status of a network of three plugins',
  expects: 'exit 0, and STATUS of each plugin, in the order of the list',
  fast: true,
  mutants: ['status-without-asking', 'status-first-only'],
  async run(on) {
    const calls = await succeed(on, 'status', await on.attachment(await chain(on)));
    expectOrder(calls, 'STATUS', ['first', 'second', 'third'], 'not-asked');
  },
};

export const statusFails: RuntimeCase = {
  id: 'RUN-05/not-ready',
  title: 'A network is not ready when one of its plugins is not',
  does: 'asks for the status of a network of three plugins, whose second is not ready',
  expects: 'an error',
  fast: true,
  mutants: ['status-hides-failure'],
  async run(on) {
    const answers = { second: { STATUS: failing(on, 'the second') } };
    await fail(on, 'status', await on.attachment(await chain(on, { answers })), 'accepted');
  },
};

export const statusSince: RuntimeCase = {
  id: 'RUN-05/since',
  title: 'Plugins of a list of a version that knows no STATUS are not asked',
  does: 'asks for the status of a list of 1.0.0',
  expects: 'no plugin executed',
  mutants: ['asks-before-1.1.0'],
  async run(on) {
    const network = await chain(on, {
      plugins: ['first'],
      list: { cniVersion: '1.0.0' },
      answers: { first: { ADD: markedAnswer('1.0.0', 1) } },
    });
    expectNone((await operate(on, 'status', await on.attachment(network))).calls, 'asked');
  },
};
