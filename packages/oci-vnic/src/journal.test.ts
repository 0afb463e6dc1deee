import { expect, test } from 'vitest';
import { openJournal } from './journal.ts';

const attach = {
  op: 'attach',
  subnetId: 's',
  nsgIds: [],
  assignIpv6: false,
  skipSourceDestCheck: true,
} as const;
const series = 'abc';

function records(text?: string) {
  const kept = { text };
  return {
    kept,
    load: () => kept.text,
    save(next: string) {
      kept.text = next;
    },
  };
}

test('an order is kept until it is settled, and no token is used twice', async () => {
  const store = records();
  const journal = await openJournal(store, 'i', series);
  const first = await journal.order(attach);
  expect(first).toMatchObject({ token: 'vcn-cni-abc-1', objects: 1, addresses: 0 });
  const next = await openJournal(store, 'i', 'other');
  expect(next.ordered()).toEqual([first]);
  expect([journal.found, next.found]).toEqual([false, true]);
  await next.settle(first.token);
  const block = {
    op: 'assign',
    vnicId: 'v',
    subnetId: 's',
    family: 'inet',
    cidrPrefixLength: 28,
  } as const;
  expect(await next.order(block)).toMatchObject({
    token: 'vcn-cni-abc-2',
    vnicId: 'v',
    addresses: 16,
  });
  expect((await openJournal(store, 'i', series)).ordered()).toHaveLength(1);
});

test('what leaves is kept, and what the cloud said', async () => {
  const store = records();
  const journal = await openJournal(store, 'i', series);
  await journal.leave(['a', 'b']);
  await journal.forget(['a']);
  await journal.remember({ vnics: [], assignments: [], subnets: [] });
  const next = await openJournal(store, 'i', series);
  expect([...next.leaving()]).toEqual(['b']);
  expect(next.cached()).toEqual({ vnics: [], assignments: [], subnets: [] });
});

test('a doubt is kept with what is remembered, until it is ended', async () => {
  const store = records();
  const cloud = { vnics: [], assignments: [], subnets: [] };
  const journal = await openJournal(store, 'i', series);
  journal.setDoubt({ ids: ['a'], until: 30 });
  await journal.remember(cloud);
  const next = await openJournal(store, 'i', series);
  expect(next.doubt()).toEqual({ ids: ['a'], until: 30 });
  next.setDoubt(undefined);
  await next.remember(cloud);
  expect((await openJournal(store, 'i', series)).doubt()).toBeUndefined();
});

test.each([
  ['of another instance', (text: string) => text.replace('"instanceId":"i"', '"instanceId":"j"')],
  ['cut off', (text: string) => text.slice(0, -5)],
  ['of another version', (text: string) => text.replace('"version":1', '"version":2')],
  ['not a document', () => '[]'],
])('records that are %s are not believed', async (_, spoil) => {
  const store = records();
  await (await openJournal(store, 'i', series)).order(attach);
  store.kept.text = spoil(store.kept.text ?? '');
  const journal = await openJournal(store, 'i', 'new');
  expect(journal.ordered()).toEqual([]);
  expect(journal.found).toBe(false);
});
