import { invalidParameter } from '../cloud/api-error.ts';
import type { ApiAnswer } from './message.ts';

/**
 * One page of a list: `limit` is 1 to 1000, default 100; `page` is what `opc-next-page` said. The
 * token names the last line given, so that what is deleted in between shifts nothing.
 */
export function pageOf<T extends { id: string }>(
  all: readonly T[],
  query: URLSearchParams,
  write: (item: T) => unknown,
): ApiAnswer {
  const limit = Number(query.get('limit') ?? 100);
  if (!Number.isInteger(limit) || limit < 1 || limit > 1000) {
    throw invalidParameter(`limit ${query.get('limit')} must be 1 to 1000.`);
  }
  const start = startOf(all, query.get('page'));
  const items = all.slice(start, start + limit);
  const last = items.at(-1);
  const more = last !== undefined && start + limit < all.length;
  return {
    status: 200,
    headers: more ? { 'opc-next-page': tokenOf(start + limit, last.id) } : {},
    body: items.map(write),
  };
}

const tokenOf = (next: number, id: string) => Buffer.from(`${next} ${id}`).toString('base64url');

function startOf(all: readonly { id: string }[], page: string | null): number {
  if (page === null) return 0;
  const [, next, id] = /^(\d+) (\S+)$/.exec(Buffer.from(page, 'base64url').toString()) ?? [];
  if (next === undefined) throw invalidParameter('page is not one that opc-next-page gave.');
  const last = all.findIndex((item) => item.id === id);
  return last < 0 ? Math.min(Number(next), all.length) : last + 1;
}
