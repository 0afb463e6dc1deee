import { expect, it } from 'vitest';
import { createOperationLocks } from './operation-locks.ts';

/** Works that last until they are told to end, and a log of what happened. */
function works() {
  const log: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) => async () => {
    log.push(`${name} begins`);
    await new Promise<void>((resolve) => ends.set(name, resolve));
    log.push(`${name} ends`);
    return name;
  };
  const end = async (name: string) => {
    ends.get(name)?.();
    await new Promise(setImmediate);
  };
  return { log, work, end };
}

it('does the work of one container in turn, of others at once', async () => {
  const locks = createOperationLocks();
  const { log, work, end } = works();
  const all = [
    locks.forContainer('a', work('a1')),
    locks.forContainer('a', work('a2')),
    locks.forContainer('b', work('b1')),
  ];
  await new Promise(setImmediate);
  expect(log).toEqual(['a1 begins', 'b1 begins']);
  await end('a1');
  expect(log.slice(2)).toEqual(['a1 ends', 'a2 begins']);
  await end('a2');
  await end('b1');
  expect(await Promise.all(all)).toEqual(['a1', 'a2', 'b1']);
});

it('does GC alone, and nothing overtakes it', async () => {
  const locks = createOperationLocks();
  const { log, work, end } = works();
  const all = [
    locks.forContainer('a', work('a1')),
    locks.forAll(work('gc')),
    locks.forContainer('b', work('b1')),
  ];
  await new Promise(setImmediate);
  expect(log).toEqual(['a1 begins']);
  await end('a1');
  expect(log.slice(1)).toEqual(['a1 ends', 'gc begins']);
  await end('gc');
  expect(log.slice(3)).toEqual(['gc ends', 'b1 begins']);
  await end('b1');
  await Promise.all(all);
});

it('goes on after a failure, and without who has given up', async () => {
  const locks = createOperationLocks();
  const { log, work, end } = works();
  const abort = new AbortController();
  const fails = locks.forAll(async () => {
    await work('gc')();
    throw new Error('broken');
  });
  const waits = locks.forContainer('a', work('a1'), abort.signal);
  const settled = Promise.all([
    expect(fails).rejects.toThrow('broken'),
    expect(waits).rejects.toThrow('enough'),
  ]);
  const last = locks.forContainer('a', work('a2'));
  abort.abort(new Error('enough'));
  await new Promise(setImmediate);
  expect(log).toEqual(['gc begins']);
  await end('gc');
  await settled;
  expect(log).toEqual(['gc begins', 'gc ends', 'a2 begins']);
  await end('a2');
  await last;
  await expect(locks.forAll(work('late'), AbortSignal.abort(new Error('no')))).rejects.toThrow(
    'no',
  );
});
