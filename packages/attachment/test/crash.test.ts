import { expect, test } from 'vitest';
import type { Attachments } from '../src/index.ts';
import { context, createScene, invocation, type TestScene } from './scene.ts';
import { stepped } from './steps.ts';

/** A daemon over `scene` that dies at the given point of the verb that runs once it is armed. */
async function mortal(scene: TestScene, index: number) {
  const death = Promise.withResolvers<string>();
  const never = new Promise<void>(() => {});
  let reached: number | undefined;
  const daemon = await scene.start((deps) =>
    stepped(deps, (point) => {
      if (reached === undefined) return;
      reached += 1;
      if (reached <= index) return;
      death.resolve(point);
      return never;
    }),
  );
  return {
    ...daemon,
    /** The point at which it died, or undefined when the verb came to its end first. */
    async runUntilDeath(verb: (attachments: Attachments) => Promise<unknown>) {
      reached = 0;
      const end = verb(daemon.attachments).then(() => undefined);
      const point = await Promise.race([death.promise, end]);
      reached = undefined;
      daemon.abandon();
      return point;
    },
  };
}

test('a daemon killed at any step of an ADD leaves nothing after the next start', async () => {
  await using scene = await createScene();
  const points: string[] = [];
  for (let index = 0; ; index++) {
    const containerId = `victim-${index}`;
    const ask = { containerId, netns: scene.pod(containerId).path, name: containerId };
    const dying = await mortal(scene, index);
    const point = await dying.runUntilDeath((it) => it.add(invocation('ADD', ask), context()));
    if (point === undefined) break;
    points.push(point);

    const next = await scene.start();
    expect(await scene.hostLinks(), point).toEqual([]);
    expect(next.attachments.list(), point).toEqual([]);
    expect(next.leased(), point).toBe(0);
    await next.attachments.add(invocation('ADD', ask), context());
    await next.attachments.del(invocation('DEL', ask), context());
    expect(await scene.hostLinks(), point).toEqual([]);
    next.abandon();
  }
  expect(points).toEqual(
    expect.arrayContaining(['after acquire', 'before host apply', 'after pod apply']),
  );
});

test('a daemon killed at any step of a DEL is followed by one that finishes it', async () => {
  await using scene = await createScene();
  for (let index = 0; ; index++) {
    const containerId = `victim-${index}`;
    const ask = { containerId, netns: scene.pod(containerId).path, name: containerId };
    const dying = await mortal(scene, index);
    await dying.attachments.add(invocation('ADD', ask), context());
    const point = await dying.runUntilDeath((it) => it.del(invocation('DEL', ask), context()));

    const next = await scene.start();
    await next.attachments.del(invocation('DEL', ask), context());
    expect(await scene.hostLinks(), point).toEqual([]);
    expect(next.leased(), point).toBe(0);
    next.abandon();
    if (point === undefined) return expect(index).toBeGreaterThan(1);
  }
});
