import { StoreError } from '@vcn-cni/ipam';
import { NetlinkError } from '@vcn-cni/netlink/driver';
import { expect, test } from 'vitest';
import type { AttachmentDeps } from '../src/index.ts';
import { context, createScene, invocation } from './scene.ts';

/** Drivers that refuse, each once, and the code that the runtime is told. */
const refusals: [string, number, (deps: AttachmentDeps, refuse: () => void) => AttachmentDeps][] = [
  [
    'the store is full before the kernel is touched',
    120,
    (deps, refuse) => ({
      ...deps,
      store: Object.assign(Object.create(deps.store), {
        intend(record: never) {
          refuse();
          deps.store.intend(record);
        },
      }),
    }),
  ],
  [
    'the store is full when all is done',
    120,
    (deps, refuse) => ({
      ...deps,
      store: Object.assign(Object.create(deps.store), {
        attached(key: never, detail: unknown) {
          refuse();
          deps.store.attached(key, detail);
        },
      }),
    }),
  ],
  [
    'the kernel refuses in the pod',
    110,
    (deps, refuse) => ({
      ...deps,
      kernel: {
        host: deps.kernel.host,
        open(path, callerPid) {
          const inner = deps.kernel.open(path, callerPid);
          const apply = inner.apply.bind(inner);
          return Object.assign(inner, {
            async apply(...args: Parameters<typeof apply>) {
              refuse();
              return apply(...args);
            },
          });
        },
      },
    }),
  ],
];

test.each(refusals)('%s: code %i, and nothing is left', async (_, code, wrap) => {
  await using scene = await createScene();
  let armed = true;
  const operation = { op: 'link.set', link: { name: 'eth0', up: true } } as const;
  const error =
    code === 120
      ? new StoreError('full', 'no space is left')
      : new NetlinkError({ errno: 1, operation, index: 0, done: 0 });
  const daemon = await scene.start((deps) =>
    wrap(deps, () => {
      if (!armed) return;
      armed = false;
      throw error;
    }),
  );
  const ask = { containerId: 'c', netns: scene.pod('c').path, name: 'web' };
  await expect(daemon.attachments.add(invocation('ADD', ask), context())).rejects.toMatchObject({
    code,
  });
  expect(daemon.leased()).toBe(0);
  expect(await scene.hostLinks()).toEqual([]);
  expect(daemon.attachments.list()).toEqual([]);
  await daemon.attachments.add(invocation('ADD', ask), context());
  await daemon.attachments.del(invocation('DEL', ask), context());
  expect(daemon.leased()).toBe(0);
  daemon.abandon();
});
