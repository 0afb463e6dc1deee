import { expect, it } from 'vitest';
import { createFollower } from './follower.ts';

/** A follower whose runs end when they are told to. */
function held() {
  const runs: PromiseWithResolvers<void>[] = [];
  const follower = createFollower(() => {
    const run = Promise.withResolvers<void>();
    runs.push(run);
    return run.promise;
  });
  return { runs, follower };
}

const turn = () => new Promise<void>((resolve) => void setImmediate(resolve));

it('does the marks of one turn together, and those that come meanwhile once more', async () => {
  const { runs, follower } = held();
  follower.mark();
  follower.mark();
  await turn();
  expect(runs).toHaveLength(1);
  follower.mark();
  follower.mark();
  const order: string[] = [];
  const settled = follower.settled().then(() => order.push('settled'));
  runs[0]!.resolve();
  await turn();
  expect(runs).toHaveLength(2);
  order.push('second run ends');
  runs[1]!.resolve();
  await settled;
  expect(order).toEqual(['second run ends', 'settled']);
  await turn();
  expect(runs).toHaveLength(2);
});

it('has nothing to wait for without a mark', async () => {
  await held().follower.settled();
});

it('tells the first failure from then on, and does no more', async () => {
  const { runs, follower } = held();
  follower.mark();
  await turn();
  runs[0]!.reject(new Error('refused'));
  await expect(follower.settled()).rejects.toThrow('refused');
  follower.mark();
  await turn();
  expect(runs).toHaveLength(1);
  await expect(follower.settled()).rejects.toThrow('refused');
});

it('ends with the work at hand when it is stopped', async () => {
  const { runs, follower } = held();
  follower.mark();
  await turn();
  follower.mark();
  const stopped = follower.stop();
  runs[0]!.resolve();
  await stopped;
  expect(runs).toHaveLength(1);
});
