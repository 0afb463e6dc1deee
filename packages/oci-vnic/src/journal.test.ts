import { expect, test } from 'vitest';
import { openJournal } from './journal.ts';

const attach = {
  op: 'attach',
  subnetId: 's',
  nsgIds: [],
  assignIpv6: false,
  skipSourceDestCheck: true,
} as const;
const fresh = { series: 'abc', createdAt: 5 };

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
  const journal = await openJournal(store, 'i', fresh);
  const first = await journal.order(attach);
  expect(first).toMatchObject({ token: 'vcn-cni-abc-1', objects: 1, addresses: 0 });
  const next = await openJournal(store, 'i', { series: 'other', createdAt: 9 });
  expect(next.ordered()).toEqual([first]);
  expect(next.createdAt).toBe(5);
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
  expect((await openJournal(store, 'i', fresh)).ordered()).toHaveLength(1);
});

test('what leaves is kept, and what the cloud said', async () => {
  const store = records();
  const journal = await openJournal(store, 'i', fresh);
  await journal.leave(['a', 'b']);
  await journal.forget(['a']);
  await journal.remember({ vnics: [], assignments: [], subnets: [] });
  const next = await openJournal(store, 'i', fresh);
  expect([...next.leaving()]).toEqual(['b']);
  expect(next.cached()).toEqual({ vnics: [], assignments: [], subnets: [] });
});

test.each([
  ['of another instance', (text: string) => text.replace('"instanceId":"i"', '"instanceId":"j"')],
  ['cut off', (text: string) => text.slice(0, -5)],
  ['of another version', (text: string) => text.replace('"version":1', '"version":2')],
  ['not a document', () => '[]'],
])('records that are %s are not believed', async (_, spoil) => {
  const store = records();
  await (await openJournal(store, 'i', fresh)).order(attach);
  store.kept.text = spoil(store.kept.text ?? '');
  const journal = await openJournal(store, 'i', { series: 'new', createdAt: 9 });
  expect(journal.ordered()).toEqual([]);
  expect(journal.createdAt).toBe(9);
});
