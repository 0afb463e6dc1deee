import type { PluginCase, Role } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { smallPool } from '../steps/small-pool.ts';

const roles: readonly Role[] = ['interface', 'ipam', 'meta'];

export const exhaustedTold: PluginCase = {
  id: 'STA-03/exhausted',
  title: 'STATUS fails with code 50 where the addresses are used up',
  does: 'uses up a small pool by ADD, and executes STATUS and one more ADD',
  expects: 'both fail, STATUS with code 50',
  roles,
  mutants: ['status-ignores-exhaustion', 'status-exhaustion-wrong-code'],
  async run(on) {
    const { config } = await useUp(on);
    expectRefusal(await on.call('STATUS', undefined, { config }), {
      key: 'status-untrue',
      codes: [50],
    });
  },
};

export const releasedTold: PluginCase = {
  id: 'STA-03/released',
  title: 'STATUS succeeds again when an address was released',
  does: 'uses up a small pool by ADD, executes DEL of the last, STATUS, and ADD',
  expects: 'STATUS and ADD agree: STATUS exits 0, and so does ADD',
  roles,
  mutants: ['status-remembers-exhaustion'],
  async run(on) {
    const { config, last, result } = await useUp(on);
    await detach(on, last, result, { config });
    const status = await on.call('STATUS', undefined, { config });
    expectSuccess(await on.call('ADD', await on.container(), { config }), 'add-refused');
    expectSuccess(status, 'status-untrue');
  },
};

export const deletedWhileExhausted: PluginCase = {
  id: 'STA-05/exhausted',
  title: 'DEL succeeds while STATUS fails for want of addresses',
  does: 'uses up a small pool by ADD, and executes DEL of the last',
  expects: 'DEL exits 0',
  roles,
  mutants: ['del-refused-while-exhausted'],
  async run(on) {
    const { config, last, result } = await useUp(on);
    await detach(on, last, result, { config });
  },
};

interface UsedUp {
  readonly config: JsonObject;
  readonly last: Container;
  readonly result: JsonObject;
}

/** Throws Error where one more ADD succeeds: then nothing is used up. */
async function useUp(on: PluginHarness): Promise<UsedUp> {
  const { config, attachments } = smallPool(on);
  let last = await on.container();
  let result = await attach(on, last, { config });
  for (let at = 1; at < attachments; at++) {
    last = await on.container();
    result = await attach(on, last, { config });
  }
  const late = await on.container();
  const { exitCode } = await on.call('ADD', late, { config });
  if (exitCode === 0)
    throw new Error(`ADD number ${attachments + 1} succeeds; correct the hints, under exhaust`);
  await on.call('DEL', late, { config });
  return { config, last, result };
}
