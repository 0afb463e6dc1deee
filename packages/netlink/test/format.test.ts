import { expect, test } from 'vitest';
import { diff, emptyState, formatOperation, type Operation } from '../src/index.ts';
import { createSandbox } from '../src/sandbox/index.ts';
import { ownPart, randomFrom, randomState, walkOwnership } from './states.ts';

test('what is shown, typed into a shell, does what the driver does', async () => {
  await using sandbox = await createSandbox();
  const driven = sandbox.namespace('driven');
  const typed = sandbox.namespace('typed');
  const random = randomFrom(3);
  for (const { exec } of [driven, typed]) {
    await exec('sh', ['-c', 'echo 1 > /proc/sys/net/ipv6/conf/default/addr_gen_mode']);
  }
  for (let round = 0; round < 8; round++) {
    const wanted = randomState(random);
    const from = round === 0 ? emptyState() : await driven.handle.snapshot();
    const operations: Operation[] = diff(from, wanted, walkOwnership);
    await driven.handle.apply(operations);
    const script = ['set -ex', ...operations.map(formatOperation)].join('\n');
    const result = await typed.exec('sh', [], { input: script });
    expect(result.code, result.stderr).toBe(0);
    const comparable = async ({ handle }: typeof driven): Promise<unknown> => {
      const { links, ...rest } = ownPart(await handle.snapshot());
      const facts = links.map(({ index, peerIndex, ...fact }) => fact);
      return sorted({ links: facts, ...rest });
    };
    expect(await comparable(typed)).toEqual(await comparable(driven));
  }
});

/** The kernel lists things in the order in which they came. */
function sorted(state: Record<string, object[]>): Record<string, string[]> {
  const entries = Object.entries(state).map(([name, items]) => {
    return [name, items.map((item) => JSON.stringify(item)).sort()] as const;
  });
  return Object.fromEntries(entries);
}
