import type { RuntimeCase } from '../../case.ts';
import { chain } from './steps/chain.ts';
import { expectNone } from './steps/expect-order.ts';
import { succeed } from './steps/operate.ts';

export const checkDisabled: RuntimeCase = {
  id: 'CFG-04',
  title: 'A list with disableCheck is not checked, and a check of it succeeds',
  does: 'adds a container to a list with "disableCheck": true, and checks it',
  expects: 'exit 0, and no plugin executed',
  fast: true,
  mutants: ['ignores-disable-check', 'disabled-check-fails'],
  async run(on) {
    const attachment = await on.attachment(await chain(on, { list: { disableCheck: true } }));
    await succeed(on, 'add', attachment);
    expectNone(await succeed(on, 'check', attachment), 'checked');
  },
};

export const collectionDisabled: RuntimeCase = {
  id: 'CFG-05',
  title: 'A list with disableGC is not collected, and a collection of it succeeds',
  does: 'adds a container to a list with "disableGC": true, and collects, with no attachment valid',
  expects: 'exit 0, and no plugin executed',
  fast: true,
  mutants: ['ignores-disable-gc', 'disabled-gc-fails'],
  async run(on) {
    const attachment = await on.attachment(await chain(on, { list: { disableGC: true } }));
    await succeed(on, 'add', attachment);
    expectNone(await succeed(on, 'gc', attachment), 'collected');
  },
};
