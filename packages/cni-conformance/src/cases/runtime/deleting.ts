import type { RuntimeCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { RuntimeAttachment, RuntimeHarness } from '../../runtime-harness.ts';
import { markedAnswer } from '../../runtime-probe.ts';
import { chain } from './steps/chain.ts';
import { expectMark } from './steps/expect-mark.ts';
import { expectOrder } from './steps/expect-order.ts';
import { failing } from './steps/failing.ts';
import { fail, operate, succeed } from './steps/operate.ts';
import { addSecond, secondInterface } from './steps/second-interface.ts';

export const delOrder: RuntimeCase = {
  id: 'RUN-02/order',
  title: 'DEL runs the plugins from the last to the first',
  does: 'adds a container to a list of three, and deletes it',
  expects: 'each is executed once, in reverse order',
  fast: true,
  mutants: ['del-forward', 'del-first-only'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    await succeed(on, 'add', attachment);
    const calls = await succeed(on, 'del', attachment);
    expectOrder(calls, 'DEL', ['third', 'second', 'first'], 'wrong-order');
  },
};

export const delPrevResult: RuntimeCase = {
  id: 'DEL-02/final',
  title: 'DEL brings every plugin the final result of ADD',
  does: 'adds a container to a list of three, whose results differ, and deletes it',
  expects: 'prevResult of each is the result of the third',
  fast: true,
  mutants: ['del-without-prev-result', 'del-prev-result-of-own'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    await succeed(on, 'add', attachment);
    const calls = await succeed(on, 'del', attachment);
    for (const call of calls) if (call.verb === 'DEL') expectMark(call, 3, 'wrong-prev-result');
  },
};

export const delStops: RuntimeCase = {
  id: 'RUN-02/stops',
  title: 'DEL stops at the first error, and fails',
  does: 'adds a container to a list of three, lets the second fail, and deletes it',
  expects: 'an error, and no DEL of the first',
  mutants: ['del-continues', 'del-hides-failure'],
  async run(on) {
    const answers = {
      second: { ADD: markedAnswer(on.version, 2), DEL: failing(on, 'the second') },
    };
    const attachment = await on.attachment(await chain(on, { answers }));
    await succeed(on, 'add', attachment);
    const { calls } = await fail(on, 'del', attachment, 'accepted');
    if (calls.some(({ verb, plugin }) => verb === 'DEL' && plugin === 'first'))
      throw new Finding('went-on', 'the first plugin got DEL after the second had failed');
  },
};

export const delTriedAgain: RuntimeCase = {
  id: 'DEL-02/again',
  title: 'A DEL that is tried again after a failure brings the result of ADD once more',
  does: 'adds a container, deletes it while its plugin fails, and deletes it when the plugin works',
  expects: 'prevResult of the second DEL is the result of ADD',
  mutants: ['forgets-result-on-failed-del'],
  async run(on) {
    const network = await chain(on, { plugins: ['first'] });
    const attachment = await on.attachment(network);
    await succeed(on, 'add', attachment);
    const answers = { ADD: markedAnswer(on.version, 1) };
    const probe = await on.probe('first', { ...answers, DEL: failing(on, 'the first') });
    const { done } = await operate(on, 'del', attachment);
    if (done.exitCode === 0) throw new Skip('the runtime takes a DEL that failed for done');
    await probe.answer(answers);
    const calls = await succeed(on, 'del', attachment);
    if (calls.length === 0) throw new Skip('the runtime does not try a DEL again that failed');
    for (const call of calls) expectMark(call, 1, 'wrong-prev-result');
  },
};

/** Adds two attachments whose results have the marks 1 and 2, deletes both, and looks at prevResult of each. */
async function expectOwnResults(
  on: RuntimeHarness,
  [one, other]: readonly [RuntimeAttachment, RuntimeAttachment],
  add: (attachment: RuntimeAttachment) => Promise<unknown> = (each) => succeed(on, 'add', each),
): Promise<void> {
  const probe = await on.probe('first', { ADD: markedAnswer(on.version, 1) });
  await succeed(on, 'add', one);
  await probe.answer({ ADD: markedAnswer(on.version, 2) });
  await add(other);
  for (const [attachment, mark] of [
    [one, 1],
    [other, 2],
  ] as const) {
    for (const call of await succeed(on, 'del', attachment)) {
      if (call.verb === 'DEL') expectMark(call, mark, 'result-of-another');
    }
  }
}

export const ownOfContainer: RuntimeCase = {
  id: 'DEL-02/of-container',
  title: 'DEL of one container does not bring the result of another',
  does: 'adds two containers, whose results differ, and deletes both',
  expects: 'prevResult of each DEL is the result of its own ADD',
  mutants: ['one-result-a-network'],
  async run(on) {
    const network = await chain(on, { plugins: ['first'] });
    await expectOwnResults(on, [await on.attachment(network), await on.attachment(network)]);
  },
};

export const ownOfInterface: RuntimeCase = {
  id: 'DEL-02/of-interface',
  title: 'DEL of one interface does not bring the result of another',
  does: 'adds a container twice, with different interfaces and results, and deletes both',
  expects: 'prevResult of each DEL is the result of its own ADD',
  mutants: ['one-result-a-container'],
  async run(on) {
    const one = await on.attachment(await chain(on, { plugins: ['first'] }));
    const other = await secondInterface(on, one);
    await expectOwnResults(on, [one, other], (each) => addSecond(on, each));
  },
};

export const ownOfNames: RuntimeCase = {
  id: 'DEL-02/of-names',
  title: 'Names with hyphens in them are not taken for others',
  does: 'adds container x-y to network net and container y to network net-x, and deletes both',
  expects: 'prevResult of each DEL is the result of its own ADD',
  mutants: ['joins-names-by-hyphens'],
  async run(on) {
    if (!on.takes.id) throw new Skip('the runtime chooses the container id itself');
    const network = await chain(on, { plugins: ['first'] });
    await on.network({ name: 'net-x', plugins: [{ type: 'first' }] });
    await expectOwnResults(on, [
      await on.attachment(network, { id: 'x-y' }),
      await on.attachment('net-x', { id: 'y' }),
    ]);
  },
};

export const delAgain: RuntimeCase = {
  id: 'LIF-06',
  title: 'DEL may come again',
  does: 'adds a container, and deletes it twice',
  expects: 'the second succeeds too',
  mutants: ['second-del-refused'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    await succeed(on, 'add', attachment);
    await succeed(on, 'del', attachment);
    await succeed(on, 'del', attachment);
  },
};

export const delAfterFailedAdd: RuntimeCase = {
  id: 'LIF-05',
  title: 'DEL follows an ADD that failed',
  does: 'adds a container to a list of three whose second fails, and deletes it',
  expects: 'the plugins that were executed get DEL: by the one command or the other',
  fast: true,
  mutants: ['no-del-after-failed-add'],
  async run(on) {
    const network = await chain(on, { answers: { second: { ADD: failing(on, 'the second') } } });
    const attachment = await on.attachment(network);
    const { calls } = await operate(on, 'add', attachment);
    const { calls: later } = await operate(on, 'del', attachment);
    for (const plugin of ['second', 'first']) {
      if ([...calls, ...later].some((call) => call.verb === 'DEL' && call.plugin === plugin))
        continue;
      throw new Finding('left-behind', `${plugin} got an ADD that failed, and never a DEL`);
    }
  },
};
