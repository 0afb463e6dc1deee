import { expect, test } from 'vitest';
import { joinNext } from './join-next.ts';

test('who asks while one runs shares the next, failures included', async () => {
  const gates: PromiseWithResolvers<void>[] = [];
  const ask = joinNext(() => {
    const gate = Promise.withResolvers<void>();
    gates.push(gate);
    return gate.promise;
  });
  const first = ask();
  const [second, third] = [ask(), ask()];
  expect(gates).toHaveLength(1);
  expect(second).toBe(third);
  gates[0]!.reject(new Error('first'));
  await expect(first).rejects.toThrow('first');
  await Promise.resolve();
  expect(gates).toHaveLength(2);
  const fourth = ask();
  expect(fourth).not.toBe(second);
  gates[1]!.resolve();
  await second;
  await Promise.resolve();
  gates[2]!.resolve();
  await fourth;
  expect(gates).toHaveLength(3);
});
