import type { Result } from '@vcn-cni/cni-spec';
import { expect, test } from 'vitest';
import { type Asked, context, createScene, invocation, type TestScene } from './scene.ts';
import { stepped } from './steps.ts';

/** Lets everything that can go on without `gate` go on. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 1));
}

/**
 * A StatefulSet pod is created anew under its old name: the ADD of the new sandbox, with the DEL of the old
 * one begun at the given point of it. Returns how many points there are.
 */
async function schedule(scene: TestScene, index: number, first: 'add' | 'del'): Promise<number> {
  let point = -1;
  let inject: (() => Promise<void>) | undefined;
  const daemon = await scene.start((deps) =>
    stepped(deps, async () => {
      if (!inject) return;
      point += 1;
      if (point !== index) return;
      const run = inject;
      inject = undefined;
      await Promise.race([run(), settle()]);
    }),
  );
  const { attachments } = daemon;
  const name = 'web-0';
  const old: Asked = { containerId: `old-${index}`, netns: scene.pod(`old-${index}`).path, name };
  const fresh: Asked = { containerId: `new-${index}`, netns: scene.pod(`new-${index}`).path, name };
  await attachments.add(invocation('ADD', old), context());

  let added: Promise<Result>;
  let deleted: Promise<void> | undefined;
  const add = () => attachments.add(invocation('ADD', fresh), context());
  const del = () => attachments.del(invocation('DEL', old), context());
  if (first === 'add') {
    inject = () => {
      deleted = del();
      return deleted;
    };
    added = add();
    await added;
    deleted ??= del();
  } else {
    let adding: Promise<Result> | undefined;
    inject = async () => {
      adding = add();
      await adding.catch(() => {});
    };
    deleted = del();
    await deleted;
    inject = undefined;
    added = adding ?? add();
  }
  const [prevResult] = await Promise.all([added, deleted]);
  inject = undefined;

  // A second DEL of the old sandbox, as kubelet sends, changes nothing either.
  await attachments.del(invocation('DEL', old), context());
  await attachments.check(invocation('CHECK', { ...fresh, prevResult }), context());
  expect(attachments.list().map(({ key }) => key.containerId)).toEqual([fresh.containerId]);
  expect(await scene.hostLinks()).toHaveLength(1);
  await attachments.del(invocation('DEL', fresh), context());
  expect(await scene.hostLinks()).toEqual([]);
  expect(daemon.leased()).toBe(0);
  expect((await attachments.changes()).changes).toEqual([]);
  daemon.abandon();
  return point + 1;
}

test.each(['add', 'del'] as const)(
  'a pod created anew, the other verb begun at every point of the %s',
  async (first) => {
    await using scene = await createScene();
    let points = 1;
    for (let index = 0; index <= points; index++) {
      points = Math.max(points, await schedule(scene, index, first));
    }
    expect(points).toBeGreaterThan(first === 'add' ? 5 : 1);
  },
);

test('the lease of the loser goes to cooldown at once, before any DEL', async () => {
  await using scene = await createScene();
  const daemon = await scene.start();
  const old: Asked = { containerId: 'old', netns: scene.pod('old').path, name: 'web-0' };
  const fresh: Asked = { containerId: 'new', netns: scene.pod('new').path, name: 'web-0' };
  await daemon.attachments.add(invocation('ADD', old), context());
  await daemon.attachments.add(invocation('ADD', fresh), context());
  expect(daemon.attachments.list().map(({ key }) => key.containerId)).toEqual(['new']);
  expect(daemon.leased()).toBe(2);
  daemon.abandon();
});

test('two sandboxes of one pod, the second ADD begun at every point of the first: one of them wins', async () => {
  await using scene = await createScene();
  let points = 1;
  for (let index = 0; index <= points; index++) {
    let point = -1;
    let second: Promise<unknown> | undefined;
    let armed = false;
    const daemon = await scene.start((deps) =>
      stepped(deps, async () => {
        if (!armed) return;
        point += 1;
        if (point !== index || second) return;
        second = attachments.add(invocation('ADD', asks[1]!), context());
        await Promise.race([second.catch(() => {}), settle()]);
      }),
    );
    const { attachments } = daemon;
    const asks = ['a', 'b'].map((side): Asked => {
      const containerId = `${side}-${index}`;
      return { containerId, netns: scene.pod(containerId).path, name: 'web-0' };
    });
    armed = true;
    const outcomes = await Promise.allSettled([
      attachments.add(invocation('ADD', asks[0]!), context()),
    ]);
    armed = false;
    await second;
    points = Math.max(points, point + 1);
    expect(outcomes[0]?.status).toBe('fulfilled');
    expect(attachments.list(), `point ${index}`).toHaveLength(1);
    expect(await scene.hostLinks(), `point ${index}`).toHaveLength(1);
    expect(daemon.leased(), `point ${index}`).toBe(2);
    for (const ask of asks) await attachments.del(invocation('DEL', ask), context());
    expect(await scene.hostLinks()).toEqual([]);
    daemon.abandon();
  }
});
