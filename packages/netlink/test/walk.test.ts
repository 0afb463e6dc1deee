import { expect, test } from 'vitest';
import { type ActualState, diff, type Namespace, type WantedState } from '../src/index.ts';
import { createSandbox } from '../src/sandbox/index.ts';
import { createFakeNamespace } from '../src/testing/index.ts';
import { ownPart, randomFrom, randomState, walkOwnership } from './states.ts';

const read = (namespace: Namespace, wanted: WantedState): Promise<ActualState> =>
  namespace.snapshot({ sysctls: wanted.sysctls.map(({ name }) => name) });

/** Passes of read, diff, apply until nothing is left to do. */
async function reach(namespace: Namespace, wanted: WantedState): Promise<number> {
  for (let pass = 0; ; pass++) {
    const operations = diff(await read(namespace, wanted), wanted, walkOwnership);
    if (operations.length === 0) return pass;
    if (pass === 3) throw new Error(`left after three passes: ${JSON.stringify(operations)}`);
    await namespace.apply(operations);
  }
}

async function walk(namespace: Namespace, seed: number, length: number): Promise<number[]> {
  const random = randomFrom(seed);
  const passes: number[] = [];
  for (let at = 0; at < length; at++) {
    const wanted = randomState(random);
    try {
      passes.push(await reach(namespace, wanted));
    } catch (cause) {
      throw new Error(`seed ${seed}, state ${at}`, { cause });
    }
    // A diff that sees nothing proves nothing: what is there is counted by itself.
    const own = ownPart(await read(namespace, wanted));
    expect(own.links.map(({ name }) => name).sort()).toEqual(
      wanted.links.map(({ name }) => name).sort(),
    );
    expect(own.addresses.length, 'addresses').toBe(wanted.addresses.length);
    expect(own.routes.length, 'routes').toBe(wanted.routes.length);
    expect(own.rules.length, 'rules').toBe(wanted.rules.length);
    expect(own.neighbours.length, 'neighbours').toBe(wanted.neighbours.length);
  }
  return passes;
}

test('any state is reached from any state: the fake, in one pass', async () => {
  const passes = await walk(createFakeNamespace('0:1'), 1, 400);
  expect(Math.max(...passes)).toBe(1);
});

test('any state is reached from any state: the kernel, in at most three passes', async () => {
  await using sandbox = await createSandbox();
  const { handle, exec } = sandbox.namespace('walk');
  await exec('sh', ['-c', 'echo 1 > /proc/sys/net/ipv6/conf/default/addr_gen_mode']);
  const passes = await walk(handle, 2, 120);
  const counts = Object.entries(Object.groupBy(passes, String)).map(
    ([n, all]) => `${n}: ${all?.length}`,
  );
  console.log(`passes needed (states): ${counts.join(', ')}`);
});
