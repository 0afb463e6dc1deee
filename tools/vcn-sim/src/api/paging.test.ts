import { expect, test } from 'vitest';
import { pageOf } from './paging.ts';

const lines = Array.from({ length: 25 }, (_, index) => ({ id: `id-${index}` }));
const page = (all: { id: string }[], query: string) =>
  pageOf(all, new URLSearchParams(query), ({ id }) => id);
const next = (all: { id: string }[], query: string) => page(all, query).headers['opc-next-page'];

test('the last page has no token', () => {
  expect(page(lines, '').headers).toEqual({});
  expect(page(lines, 'limit=25').headers).toEqual({});
  const first = next(lines, 'limit=20')!;
  expect(page(lines, `limit=20&page=${first}`)).toEqual({
    status: 200,
    headers: {},
    body: ['id-20', 'id-21', 'id-22', 'id-23', 'id-24'],
  });
});

test('what is deleted between two pages shifts nothing', () => {
  const token = next(lines, 'limit=10');
  const shorter = lines.filter(({ id }) => id !== 'id-3');
  expect(page(shorter, `limit=2&page=${token}`).body).toEqual(['id-10', 'id-11']);
});

test.each(['limit=0', 'limit=1001', 'limit=x', 'page=nonsense'])('%s is refused', (query) => {
  expect(() => page(lines, query)).toThrow(
    expect.objectContaining({ status: 400, code: 'InvalidParameter' }),
  );
});
