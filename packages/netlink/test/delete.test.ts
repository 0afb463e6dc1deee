import { closeSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { encodeLinkDelete } from '../src/codec/link.ts';
import { AwaySocket } from '../src/driver/away.ts';
import { openDescriptor } from '../src/driver/descriptor.ts';
import { inside } from '../src/driver/index.ts';
import type { Namespace, Operation } from '../src/index.ts';
import { createSandbox, type Sandbox, type SandboxNamespace } from '../src/sandbox/index.ts';
import { longestHold } from './longest-hold.ts';

let sandbox: Sandbox;
let host: SandboxNamespace;
beforeAll(async () => {
  sandbox = await createSandbox();
  host = sandbox.namespace('host');
});
afterAll(() => sandbox.close());

interface Made {
  index: number;
  alias: string;
}

async function makePairs(count: number, prefix: string, pod: Namespace): Promise<Made[]> {
  const operations = Array.from({ length: count }, (_, at): Operation => {
    const peer = { name: `${prefix}p${at}`, namespace: 'pod' };
    const name = `${prefix}${at}`;
    return {
      op: 'link.create',
      link: { name, kind: 'veth', alias: `test/${name}`, up: true, peer },
    };
  });
  const { created } = await host.handle.apply(operations, { namespaces: { pod } });
  return Object.entries(created).map(([name, { index }]) => ({ index, alias: `test/${name}` }));
}

/** Deletes sixty links at once; the longest time for which that held the event loop, in milliseconds. */
async function deleteSixty(pod: Namespace): Promise<number> {
  const made = await makePairs(60, 'd', pod);
  const hold = longestHold();
  const outcomes = await Promise.all(made.map((link) => host.handle.deleteLinks([link])));
  const longest = hold.stop();
  expect(outcomes.flat()).toEqual(made.map(() => 'deleted'));
  const { links } = await host.handle.snapshot();
  expect(links.map(({ name }) => name)).toEqual(['lo']);
  return longest;
}

test('sixty deletions at once: all answered, the event loop never held for 20 ms', async () => {
  const pod = sandbox.namespace('pod').handle;
  // What others do to this machine can hold one round up, but not every one.
  const rounds: number[] = [];
  do rounds.push(await deleteSixty(pod));
  while (rounds.at(-1)! >= 20 && rounds.length < 4);
  expect(Math.min(...rounds)).toBeLessThan(20);
});

test('what arrives at different times is deleted, each once, the foreign left alone', async () => {
  const pod = sandbox.namespace('pod').handle;
  const made = await makePairs(30, 'e', pod);
  const kept = made.pop()!;
  const calls: Promise<string[]>[] = [];
  for (const link of made) {
    calls.push(host.handle.deleteLinks([link]));
    calls.push(host.handle.deleteLinks([{ ...kept, alias: 'not ours' }]));
    await new Promise((resolve) => setImmediate(resolve));
  }
  // Asked for twice: both wait for the same end, or the second finds nothing.
  calls.push(host.handle.deleteLinks([made[28]!]));
  const outcomes = (await Promise.all(calls)).flat();
  expect(outcomes.filter((one) => one === 'foreign')).toHaveLength(29);
  expect(outcomes.filter((one) => one === 'deleted').length).toBeGreaterThanOrEqual(29);
  const { links } = await host.handle.snapshot();
  expect(links).toMatchObject([{ name: 'lo' }, { index: kept.index, alias: kept.alias, group: 0 }]);
  expect(await host.handle.deleteLinks([kept])).toEqual(['deleted']);
});

const median = (values: number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

test('the answer comes at the announcement, long before the acknowledgement', async () => {
  const pod = sandbox.namespace('pod').handle;
  const fd = openDescriptor(host.path);
  const away = inside(fd, host.path, () => new AwaySocket());
  const announced: number[] = [];
  const acknowledged: number[] = [];
  const time = async (into: number[], call: () => Promise<unknown>): Promise<void> => {
    const began = performance.now();
    await call();
    into.push(performance.now() - began);
  };
  for (let round = 0; round < 9; round++) {
    const [first, second] = await makePairs(2, 'ann', pod);
    await time(acknowledged, () => away.exchange([encodeLinkDelete(first!.index)]));
    await time(announced, () => host.handle.deleteLinks([second!]));
  }
  away.close();
  closeSync(fd);
  console.log(
    `announced ${median(announced).toFixed(1)} ms, acknowledged ${median(acknowledged).toFixed(1)} ms`,
  );
  expect(median(announced)).toBeLessThan(median(acknowledged) / 2);
});

test('the answer comes when the link is out of sight: its name can be used at once', async () => {
  const pod = sandbox.namespace('pod').handle;
  for (let round = 0; round < 20; round++) {
    const [made] = await makePairs(1, 'again', pod);
    expect(await host.handle.deleteLinks([made!])).toEqual(['deleted']);
  }
});

test('a refused deletion says which and why', async () => {
  const { handle } = host;
  await expect(handle.deleteLinks([{ index: 1, alias: '' }])).resolves.toEqual(['foreign']);
  await expect(handle.apply([{ op: 'link.delete', name: 'lo' }])).rejects.toMatchObject({
    code: 'EOPNOTSUPP',
    operation: { op: 'link.delete', name: 'lo' },
  });
});
