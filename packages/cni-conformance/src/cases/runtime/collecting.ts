import type { RuntimeCase } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { ProbeCall, RuntimeAttachment, RuntimeHarness } from '../../runtime-harness.ts';
import { markedAnswer } from '../../runtime-probe.ts';
import { chain } from './steps/chain.ts';
import { expectNone, expectOrder } from './steps/expect-order.ts';
import { failing } from './steps/failing.ts';
import { ended, fail, operate, succeed } from './steps/operate.ts';

const validKey = 'cni.dev/valid-attachments';
const releasedKey = 'cni.dev/attachments';

/** GC of the first plugin, and what it was told that stays, as `id ifname`. Throws Finding `not-collected`, `no-list`. */
function collected(
  calls: readonly ProbeCall[],
  key = validKey,
): { call: ProbeCall; listed: readonly string[] } {
  const call = calls.find(({ verb }) => verb === 'GC');
  if (!call) throw new Finding('not-collected', 'gc led to no GC of a plugin');
  const list = call.config?.[key];
  if (!Array.isArray(list))
    throw new Finding(
      'no-list',
      `${key} should be a list; it is ${JSON.stringify(list) ?? 'missing'}`,
    );
  const listed = (list as JsonObject[]).map((each) => `${each['containerID']} ${each['ifname']}`);
  return { call, listed };
}

const nameOf = ({ environment }: ProbeCall): string =>
  `${environment['CNI_CONTAINERID']} ${environment['CNI_IFNAME']}`;

/** Adds so many containers; what the plugin was told of each. */
async function addSeveral(
  on: RuntimeHarness,
  count: number,
): Promise<{ attachments: RuntimeAttachment[]; names: string[] }> {
  const network = await chain(on, { plugins: ['first'] });
  const attachments: RuntimeAttachment[] = [];
  const names: string[] = [];
  for (let number = 0; number < count; number++) {
    const attachment = await on.attachment(network);
    attachments.push(attachment);
    names.push(...(await succeed(on, 'add', attachment)).map(nameOf));
  }
  return { attachments, names };
}

export const gcLists: RuntimeCase = {
  id: 'GC-06/lists-valid',
  title: 'GC names every attachment that stays',
  does: 'adds two containers, and collects with both valid',
  expects:
    'cni.dev/valid-attachments of the request names both, by containerID and ifname, and no more',
  fast: true,
  mutants: ['gc-without-list', 'gc-lists-first-only', 'gc-lists-ids-only', 'gc-only-released-key'],
  async run(on) {
    const { attachments, names } = await addSeveral(on, 2);
    const calls = await succeed(on, 'gc', attachments[0]!, { valid: attachments });
    const { listed } = collected(calls);
    if (listed.toSorted().join() !== names.toSorted().join())
      throw new Finding(
        'wrong-list',
        `valid are ${names.join(', ')}; listed are ${listed.join(', ')}`,
      );
  },
};

export const gcListsStale: RuntimeCase = {
  id: 'GC-06/leaves-out-stale',
  title: 'GC does not name an attachment that is not valid',
  does: 'adds two containers, and collects with the first alone valid',
  expects: 'cni.dev/valid-attachments names the first alone',
  mutants: ['gc-lists-stale'],
  async run(on) {
    if (!on.takes.valid)
      throw new Skip('the command for gc names neither VALID_ATTACHMENTS nor VALID');
    const { attachments, names } = await addSeveral(on, 2);
    const [first] = attachments;
    const { listed } = collected(await succeed(on, 'gc', first!, { valid: [first!] }));
    if (listed.join() !== names[0])
      throw new Finding('wrong-list', `valid is ${names[0]}; listed are ${listed.join(', ')}`);
  },
};

export const gcListsNone: RuntimeCase = {
  id: 'GC-06/empty',
  level: 'SHOULD',
  title: 'Where no attachment is valid GC brings an empty list',
  does: 'collects a network that nobody was added to',
  expects: 'cni.dev/valid-attachments is []: null and a missing key may mean that nobody knows',
  mutants: ['gc-null-list'],
  async run(on) {
    const attachment = await on.attachment(await chain(on, { plugins: ['first'] }));
    const { listed } = collected(await succeed(on, 'gc', attachment));
    if (listed.length > 0)
      throw new Finding('wrong-list', `nobody was added; listed are ${listed.join(', ')}`);
  },
};

export const gcReleasedKey: RuntimeCase = {
  id: 'GC-06/released-key',
  level: 'MAY',
  title: 'GC names the attachments under the key of the released 1.1.0 too',
  does: 'adds a container, and collects with it valid',
  expects: 'cni.dev/attachments holds the same list, for plugins that know no other key',
  mutants: ['gc-only-new-key'],
  async run(on) {
    const { attachments, names } = await addSeveral(on, 1);
    const calls = await succeed(on, 'gc', attachments[0]!, { valid: attachments });
    const { listed } = collected(calls, releasedKey);
    if (listed.join() !== names.join())
      throw new Finding('wrong-list', `valid is ${names.join()}; listed are ${listed.join(', ')}`);
  },
};

export const gcKeepsValid: RuntimeCase = {
  id: 'GC-06/keeps-valid',
  title: 'GC deletes no attachment that is valid',
  does: 'adds two containers, collects with both valid, and checks what plugins were asked',
  expects: 'no DEL',
  fast: true,
  mutants: ['gc-deletes-valid'],
  async run(on) {
    const { attachments } = await addSeveral(on, 2);
    const { calls } = await operate(on, 'gc', attachments[0]!, { valid: attachments });
    const deleted = calls.filter(({ verb }) => verb === 'DEL').map(nameOf);
    if (deleted.length > 0)
      throw new Finding(
        'valid-deleted',
        `gc deleted ${deleted.join(', ')}, which nobody had deleted`,
      );
  },
};

export const gcPath: RuntimeCase = {
  id: 'GC-06/path',
  title: 'GC brings CNI_PATH',
  does: 'collects a network',
  expects: 'CNI_PATH is set, so that plugins can forward GC',
  mutants: ['gc-without-path'],
  async run(on) {
    const { attachments } = await addSeveral(on, 1);
    const calls = await succeed(on, 'gc', attachments[0]!, { valid: attachments });
    const call = calls.find(({ verb }) => verb === 'GC');
    if (!call) throw new Finding('not-collected', 'gc led to no GC of a plugin');
    if (!call.environment['CNI_PATH']) throw new Finding('no-path', 'GC came without CNI_PATH');
  },
};

export const gcSince: RuntimeCase = {
  id: 'GC-06/since',
  level: 'SHOULD',
  title: 'A list of a version that knows no GC is not collected by it',
  does: 'collects a list of 1.0.0',
  expects: 'no plugin gets GC',
  mutants: ['collects-before-1.1.0'],
  async run(on) {
    const network = await chain(on, {
      plugins: ['first'],
      list: { cniVersion: '1.0.0' },
      answers: { first: { ADD: markedAnswer('1.0.0', 1) } },
    });
    const { calls } = await operate(on, 'gc', await on.attachment(network));
    expectNone(calls, 'collected');
  },
};

export const gcOrder: RuntimeCase = {
  id: 'RUN-04/order',
  title: 'GC runs the plugins as they stand in the list',
  does: 'collects a network of three plugins',
  expects: 'each gets GC once, in this order',
  fast: true,
  mutants: ['gc-backward', 'gc-first-only'],
  async run(on) {
    const calls = await succeed(on, 'gc', await on.attachment(await chain(on)));
    expectOrder(calls, 'GC', ['first', 'second', 'third'], 'wrong-order');
  },
};

export const gcContinues: RuntimeCase = {
  id: 'RUN-04/continues',
  title: 'GC goes on after an error, and returns every error',
  does: 'collects a network of three plugins, whose first and second fail',
  expects: 'the third gets GC too; an error that has the words of both',
  mutants: ['gc-stops', 'gc-hides-failure', 'gc-returns-first-error'],
  async run(on) {
    const answers = {
      first: { GC: failing(on, 'the first') },
      second: { GC: failing(on, 'the second') },
    };
    const attachment = await on.attachment(await chain(on, { answers }));
    const { done, calls } = await fail(on, 'gc', attachment, 'accepted');
    expectOrder(calls, 'GC', ['first', 'second', 'third'], 'stopped');
    for (const word of ['the first is out of order', 'the second is out of order']) {
      if (!`${done.stdout}${done.stderr}`.includes(word))
        throw new Finding('error-lost', `the error does not say ${word}; ${ended(done)}`);
    }
  },
};

export const gcIsNoDel: RuntimeCase = {
  id: 'GC-05',
  title: 'A container is deleted by DEL, not by GC',
  does: 'adds a container, and deletes it',
  expects: 'DEL of its plugin, and no GC in its place',
  fast: true,
  mutants: ['gc-instead-of-del'],
  async run(on) {
    const { attachments } = await addSeveral(on, 1);
    const calls = await succeed(on, 'del', attachments[0]!);
    expectOrder(calls, 'DEL', ['first'], 'not-deleted');
  },
};
