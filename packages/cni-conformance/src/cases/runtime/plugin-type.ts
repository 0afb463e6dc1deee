import type { RuntimeCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { chain } from './steps/chain.ts';
import { fail } from './steps/operate.ts';

export const typeMissing: RuntimeCase = {
  id: 'CFG-09/missing',
  title: 'A list with a plugin that has no type is refused',
  does: 'writes a list whose second plugin has no type, and adds a container',
  expects: 'an error',
  fast: true,
  mutants: ['skips-untyped-plugin'],
  async run(on) {
    await chain(on, { plugins: ['first'] });
    await on.network({ name: 'net', plugins: [{ type: 'first' }, { mtu: 1500 }] });
    await fail(on, 'add', await on.attachment('net'), 'accepted');
  },
};

export const typeIsNoPath: RuntimeCase = {
  id: 'CFG-09/path',
  title: 'A type with a path in it is refused',
  does: 'writes a list whose second plugin has the type ../plugins/second, which leads to a plugin, and adds a container',
  expects: 'an error, and that plugin not executed',
  fast: true,
  mutants: ['follows-type-path'],
  async run(on) {
    const network = await chain(on, {
      plugins: ['first', 'second'],
      fields: { second: { type: '../plugins/second' } },
    });
    const { calls } = await fail(on, 'add', await on.attachment(network), 'accepted');
    if (calls.some(({ plugin }) => plugin === 'second'))
      throw new Finding('executed', 'a plugin was executed whose type is ../plugins/second');
  },
};
