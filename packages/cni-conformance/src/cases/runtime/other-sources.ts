import { printJson } from '@vcn-cni/cni-spec';
import type { RuntimeCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { ProbeCall, RuntimeAttachment, RuntimeHarness } from '../../runtime-harness.ts';
import { markedAnswer } from '../../runtime-probe.ts';
import { chain } from './steps/chain.ts';
import { expectNone, expectOrder } from './steps/expect-order.ts';
import { fail, operate, succeed } from './steps/operate.ts';

/** A plugin beside the list: in the folder that has the name of its network. */
async function beside(on: RuntimeHarness, type: string, network = 'net'): Promise<void> {
  await on.probe(type, { ADD: markedAnswer(on.version, 9) });
  await on.file(`${network}/${type}.conf`, printJson({ type }));
}

/** The calls of an ADD. Throws Skip for a runtime that reads no such folder. */
async function addWith(
  on: RuntimeHarness,
  attachment: RuntimeAttachment,
  extra: string,
): Promise<readonly ProbeCall[]> {
  const calls = await succeed(on, 'add', attachment);
  if (calls.some(({ plugin }) => plugin === extra)) return calls;
  throw new Skip('the runtime reads no plugins from the folder that is named as the network');
}

export const fromFolder: RuntimeCase = {
  id: 'CFG-06/appended',
  title: 'A plugin beside the list comes after those of the list',
  does: 'writes a list of three, another plugin into the folder named as the network, and adds a container',
  expects: 'the three in their order, then the other',
  mutants: ['folder-comes-first'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    await beside(on, 'extra');
    const calls = await addWith(on, attachment, 'extra');
    expectOrder(calls, 'ADD', ['first', 'second', 'third', 'extra'], 'wrong-order');
  },
};

export const onlyInlined: RuntimeCase = {
  id: 'CFG-06/only-inlined',
  title: 'With loadOnlyInlinedPlugins nothing is taken from elsewhere',
  does: 'writes a list with "loadOnlyInlinedPlugins": true, another plugin into the folder named as the network, and adds a container',
  expects: 'only the plugins of the list are executed',
  fast: true,
  mutants: ['ignores-load-only-inlined'],
  async run(on) {
    const network = await chain(on, { list: { loadOnlyInlinedPlugins: true } });
    await beside(on, 'extra');
    const calls = await succeed(on, 'add', await on.attachment(network));
    expectOrder(calls, 'ADD', ['first', 'second', 'third'], 'others-executed');
  },
};

export const inlinedMissing: RuntimeCase = {
  id: 'CFG-06/none-inlined',
  title: 'A list with loadOnlyInlinedPlugins and without plugins is refused',
  does: 'writes such a list, a plugin into the folder named as the network, and adds a container',
  expects: 'an error, and no plugin executed',
  mutants: ['accepts-none-inlined'],
  async run(on) {
    await on.network({ name: 'net', loadOnlyInlinedPlugins: true });
    await beside(on, 'extra');
    const { calls } = await fail(on, 'add', await on.attachment('net'), 'accepted');
    expectNone(calls, 'executed');
  },
};

export const everySource: RuntimeCase = {
  id: 'CFG-07/all',
  title: 'Every plugin beside the list is executed',
  does: 'writes two plugins into the folder named as the network, and adds a container',
  expects: 'both are executed',
  mutants: ['one-from-folder'],
  async run(on) {
    const attachment = await on.attachment(await chain(on, { plugins: ['first'] }));
    await beside(on, 'extra');
    await beside(on, 'further');
    const calls = await addWith(on, attachment, 'extra');
    expectOrder(calls, 'ADD', ['first', 'extra', 'further'], 'left-out');
  },
};

export const sourceOfOne: RuntimeCase = {
  id: 'CFG-07/of-one-network',
  title: 'A plugin beside a list belongs to that network alone',
  does: 'writes a plugin into the folder of another network, and adds a container',
  expects: 'it is not executed',
  fast: true,
  mutants: ['folder-of-every-network'],
  async run(on) {
    const network = await chain(on);
    await beside(on, 'extra', 'other');
    const calls = await succeed(on, 'add', await on.attachment(network));
    expectOrder(calls, 'ADD', ['first', 'second', 'third'], 'others-executed');
  },
};

export const sourceIsValidated: RuntimeCase = {
  id: 'CFG-07/validated',
  title: 'A plugin beside the list is held to the same rules as those in it',
  does: 'writes an object whose type is a path into the folder named as the network, and adds a container',
  expects: 'what the path leads to is not executed',
  mutants: ['folder-not-validated'],
  async run(on) {
    const network = await chain(on, { plugins: ['first'] });
    await beside(on, 'extra');
    await on.file('net/extra.conf', printJson({ type: '../plugins/extra' }));
    const { calls } = await operate(on, 'add', await on.attachment(network));
    if (calls.some(({ plugin }) => plugin === 'extra'))
      throw new Finding('executed', 'a plugin was executed whose type is ../plugins/extra');
  },
};
