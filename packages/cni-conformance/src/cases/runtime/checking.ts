import type { RuntimeCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import { markedAnswer } from '../../runtime-probe.ts';
import { chain } from './steps/chain.ts';
import { expectMark } from './steps/expect-mark.ts';
import { expectNone, expectOrder } from './steps/expect-order.ts';
import { failing } from './steps/failing.ts';
import { fail, operate, succeed } from './steps/operate.ts';

export const checkOrder: RuntimeCase = {
  id: 'RUN-03/order',
  title: 'CHECK runs the plugins as they stand in the list',
  does: 'adds a container to a list of three, and checks it',
  expects: 'each is executed once, in this order',
  fast: true,
  mutants: ['check-backward', 'check-first-only'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    await succeed(on, 'add', attachment);
    const calls = await succeed(on, 'check', attachment);
    expectOrder(calls, 'CHECK', ['first', 'second', 'third'], 'wrong-order');
  },
};

export const checkPrevResult: RuntimeCase = {
  id: 'RUN-03/prev-result',
  title: 'CHECK brings every plugin the final result of ADD',
  does: 'adds a container to a list of three, whose results differ, and checks it',
  expects: 'prevResult of each is the result of the third',
  fast: true,
  mutants: ['check-without-prev-result', 'check-prev-result-of-own'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    await succeed(on, 'add', attachment);
    const calls = await succeed(on, 'check', attachment);
    for (const call of calls) expectMark(call, 3, 'wrong-prev-result');
  },
};

export const checkStops: RuntimeCase = {
  id: 'RUN-03/stops',
  title: 'CHECK stops at the first error, and fails',
  does: 'adds a container to a list of three, and checks it while the second fails',
  expects: 'an error, and no CHECK of the third',
  mutants: ['check-continues', 'check-hides-failure'],
  async run(on) {
    const CHECK = failing(on, 'the second');
    const answers = { second: { ADD: markedAnswer(on.version, 2), CHECK } };
    const attachment = await on.attachment(await chain(on, { answers }));
    await succeed(on, 'add', attachment);
    const { calls } = await fail(on, 'check', attachment, 'accepted');
    expectOrder(calls, 'CHECK', ['first', 'second'], 'went-on');
  },
};

export const checkBeforeAdd: RuntimeCase = {
  id: 'CHK-08/before-add',
  title: 'What was not added is not checked',
  does: 'checks a container that was never added',
  expects: 'no plugin executed',
  fast: true,
  mutants: ['checks-unknown'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    expectNone((await operate(on, 'check', attachment)).calls, 'checked');
  },
};

export const checkAfterDel: RuntimeCase = {
  id: 'CHK-08/after-del',
  title: 'What was deleted is not checked any more',
  does: 'adds a container, deletes it and checks it',
  expects: 'no plugin executed by the last',
  mutants: ['checks-deleted'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    await succeed(on, 'add', attachment);
    await succeed(on, 'del', attachment);
    expectNone((await operate(on, 'check', attachment)).calls, 'checked');
  },
};

export const checkAsAdd: RuntimeCase = {
  id: 'CHK-08/same',
  title: 'CHECK has the parameters of ADD',
  does: 'adds a container with arguments and a capability, and checks it with the same',
  expects: 'container id, namespace, interface, arguments and runtimeConfig are those of ADD',
  fast: true,
  mutants: [
    'check-other-id',
    'check-other-ifname',
    'check-without-netns',
    'check-without-args',
    'check-without-runtime-config',
  ],
  async run(on) {
    const fields = { first: { capabilities: { mac: true } } };
    const attachment = await on.attachment(await chain(on, { plugins: ['first'], fields }));
    const environment = {
      ...(on.takes.args && { CNI_ARGS: 'IgnoreUnknown=1;CONFORMANCE=yes' }),
      ...(on.takes.capabilities && { CAP_ARGS: '{"mac":"02:00:00:00:07:07"}' }),
    };
    const [added] = await succeed(on, 'add', attachment, { environment });
    const [checked] = await succeed(on, 'check', attachment, { environment });
    if (!added || !checked) throw new Skip('ADD or CHECK reached no plugin');
    for (const name of ['CNI_CONTAINERID', 'CNI_NETNS', 'CNI_IFNAME', 'CNI_ARGS']) {
      if (added.environment[name] === checked.environment[name]) continue;
      throw new Finding(
        'parameter-differs',
        `${name} of ADD was ${added.environment[name]}, of CHECK ${checked.environment[name]}`,
      );
    }
    const [before, after] = [added, checked].map(({ config }) =>
      JSON.stringify(config?.['runtimeConfig'] ?? null),
    );
    if (before !== after)
      throw new Finding(
        'parameter-differs',
        `runtimeConfig of ADD was ${before}, of CHECK ${after}`,
      );
  },
};

export const checkSince: RuntimeCase = {
  id: 'CHK-08/since',
  level: 'SHOULD',
  title: 'A list of a version that knows no CHECK is not checked',
  does: 'adds a container to a list of 0.3.1, and checks it',
  expects: 'no plugin executed',
  mutants: ['checks-before-0.4.0'],
  async run(on) {
    const network = await chain(on, {
      plugins: ['first'],
      list: { cniVersion: '0.3.1' },
      answers: { first: { ADD: markedAnswer('0.3.1', 1) } },
    });
    const attachment = await on.attachment(network);
    await succeed(on, 'add', attachment);
    expectNone((await operate(on, 'check', attachment)).calls, 'checked');
  },
};
