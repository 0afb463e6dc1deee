import type { RuntimeCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { chain } from './steps/chain.ts';
import { expectMark } from './steps/expect-mark.ts';
import { expectOrder } from './steps/expect-order.ts';
import { failing } from './steps/failing.ts';
import { ended, fail, operate, succeed } from './steps/operate.ts';

export const addOrder: RuntimeCase = {
  id: 'RUN-01/order',
  title: 'ADD runs the plugins as they stand in the list',
  does: 'adds a container to a list of three',
  expects: 'each is executed once, in this order',
  fast: true,
  mutants: ['add-backward', 'add-skips-last'],
  async run(on) {
    const calls = await succeed(on, 'add', await on.attachment(await chain(on)));
    expectOrder(calls, 'ADD', ['first', 'second', 'third'], 'wrong-order');
  },
};

export const addPrevResult: RuntimeCase = {
  id: 'RUN-01/prev-result',
  title: 'Each plugin gets the result of the one before it',
  does: 'adds a container to a list of three, whose results differ',
  expects:
    'prevResult of the second is the result of the first, that of the third the result of the second',
  fast: true,
  mutants: ['add-without-prev-result', 'add-prev-result-of-first'],
  async run(on) {
    const calls = await succeed(on, 'add', await on.attachment(await chain(on)));
    for (const [index, plugin] of ['second', 'third'].entries()) {
      const call = calls.find((each) => each.plugin === plugin);
      if (!call) throw new Finding('not-executed', `${plugin} was not executed`);
      expectMark(call, index + 1, 'wrong-prev-result');
    }
  },
};

export const addStops: RuntimeCase = {
  id: 'RUN-01/stops',
  title: 'ADD stops at the first error, and fails with it',
  does: 'adds a container to a list of three whose second fails',
  expects: 'an error that has the words of the plugin, and no ADD of the third',
  fast: true,
  mutants: ['add-continues', 'add-hides-failure', 'add-hides-words'],
  async run(on) {
    const network = await chain(on, { answers: { second: { ADD: failing(on, 'the second') } } });
    const { done, calls } = await fail(on, 'add', await on.attachment(network), 'accepted');
    expectOrder(calls, 'ADD', ['first', 'second'], 'went-on');
    if (!`${done.stdout}${done.stderr}`.includes('the second is out of order'))
      throw new Finding(
        'words-lost',
        `the error does not say what the plugin said; ${ended(done)}`,
      );
  },
};

export const pluginMissing: RuntimeCase = {
  id: 'RUN-01/missing',
  title: 'A plugin that is nowhere to be found is an error',
  does: 'adds a container to a list whose second plugin does not exist',
  expects: 'an error, and no ADD of the third',
  mutants: ['skips-missing-plugin'],
  async run(on) {
    const network = await chain(on, { fields: { second: { type: 'nowhere' } } });
    const { calls } = await fail(on, 'add', await on.attachment(network), 'accepted');
    if (calls.some(({ verb, plugin }) => verb === 'ADD' && plugin === 'third'))
      throw new Finding('went-on', 'the third plugin was executed after a missing one');
  },
};

export const pluginDies: RuntimeCase = {
  id: 'RUN-01/killed',
  title: 'A plugin that is killed has failed',
  does: 'adds a container to a list of three whose second prints its result and is killed then',
  expects: 'an error, and no ADD of the third',
  mutants: ['ignores-signal'],
  async run(on) {
    const network = await chain(on);
    await on.network({
      name: network,
      plugins: [{ type: 'first' }, { type: 'killed' }, { type: 'third' }],
    });
    const result = '{"cniVersion":"1.0.0"}';
    await on.probe('killed', { ADD: { first: `echo '${result}'; kill -9 $$` } });
    const { calls } = await fail(on, 'add', await on.attachment(network), 'accepted');
    if (calls.some(({ verb, plugin }) => verb === 'ADD' && plugin === 'third'))
      throw new Finding('went-on', 'the third plugin was executed after a killed one');
  },
};

export const resultMalformed: RuntimeCase = {
  id: 'RUN-01/malformed',
  title: 'A result that cannot be read is an error',
  does: 'adds a container to a list whose only plugin exits 0 and prints half a document',
  expects: 'an error',
  mutants: ['accepts-malformed-result'],
  async run(on) {
    const torn = { stdout: '{"cniVersion":' };
    const network = await chain(on, { plugins: ['first'], answers: { first: { ADD: torn } } });
    await fail(on, 'add', await on.attachment(network), 'accepted');
  },
};

export const addedTwice: RuntimeCase = {
  id: 'ADD-05',
  title: 'An attachment that is there is not added again',
  does: 'adds the same container twice, with the same interface',
  expects: 'no second ADD, unless a DEL comes before it',
  mutants: ['adds-twice'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    const [first] = await succeed(on, 'add', attachment);
    const { calls } = await operate(on, 'add', attachment);
    const key = ['CNI_CONTAINERID', 'CNI_IFNAME'] as const;
    const again = calls.filter(({ environment }) =>
      key.every((name) => environment[name] === first?.environment[name]),
    );
    if (again[0]?.verb === 'ADD')
      throw new Finding('added-twice', 'ADD came twice, and no DEL between');
  },
};

export const firstHasNone: RuntimeCase = {
  id: 'REQ-03',
  title: 'The first plugin of an ADD gets no prevResult',
  does: 'adds a container, deletes it and adds it again',
  expects: 'the first plugin gets no prevResult, neither time',
  fast: true,
  mutants: ['first-add-has-prev-result', 'second-add-has-prev-result'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    const once = await succeed(on, 'add', attachment);
    await succeed(on, 'del', attachment);
    const again = await succeed(on, 'add', attachment);
    for (const calls of [once, again]) {
      const first = calls.find(({ plugin }) => plugin === 'first');
      if (first) expectMark(first, undefined, 'prev-result-of-nobody');
    }
  },
};
