import { ApiError, invalidParameter, notFound } from '../cloud/api-error.ts';
import type { BooksFilter } from '../cloud/books.ts';
import type { Cloud } from '../cloud/cloud.ts';
import { type ProfileName, profiles } from '../cloud/profile.ts';
import { type Fields, parseBody } from './fields.ts';
import type { ApiAnswer, ApiRequest } from './message.ts';
import { readFault } from './read-fault.ts';
import { decodeSegment } from './router.ts';

interface AdminCall {
  id: string;
  query: URLSearchParams;
  body: Fields;
}

type AdminOperation = (cloud: Cloud, call: AdminCall) => unknown;

/** What an operator of the simulator can look at and do; unsigned. */
const table: Record<string, AdminOperation> = {
  'GET /admin': () => Object.keys(table),
  'GET /admin/books': (cloud, { query }) => cloud.books(readFilter(query)),
  'GET /admin/facts': (cloud) => cloud.facts(),
  'GET /admin/calls': (cloud) => cloud.calls.counts(),
  'DELETE /admin/calls': (cloud) => cloud.calls.reset(),
  'GET /admin/faults': (cloud) => cloud.faults.list(),
  'POST /admin/faults': (cloud, { body }) => ({ id: cloud.faults.inject(readFault(body)) }),
  'DELETE /admin/faults': (cloud) => cloud.faults.clear(),
  'DELETE /admin/faults/{id}': (cloud, { id }) => {
    if (!cloud.faults.remove(id)) throw notFound(`fault ${id}`);
  },
  'GET /admin/clock': ({ clock }) => ({ now: new Date(clock.now()).toISOString() }),
  'POST /admin/clock': ({ clock }, { body }) => {
    clock.advance(milliseconds(body, 'advanceMs'));
    return { now: new Date(clock.now()).toISOString() };
  },
  'PUT /admin/profile': (cloud, { body }) => {
    const name = body.oneOf('name', Object.keys(profiles) as ProfileName[]);
    if (!name) throw invalidParameter(`name must be one of ${Object.keys(profiles).join(', ')}.`);
    cloud.setProfile(name);
  },
  'POST /admin/subnets/{id}/updating': (cloud, { id, body }) =>
    cloud.updateSubnet(id, milliseconds(body, 'ms')),
  'POST /admin/vnicAttachments/{id}/lose': (cloud, { id }) => cloud.loseVnic(id),
  'POST /admin/vnicAttachments/stick': (cloud, { body }) =>
    cloud.stickNextAttachment(
      milliseconds(body, 'ms'),
      body.oneOf('ends', ['attached', 'detached']) ?? 'attached',
    ),
  'POST /admin/instances/{id}/terminate': (cloud, { id }) => cloud.terminateInstance(id),
  'PUT /admin/instances/{id}/metadata': (cloud, { id, body }) =>
    cloud.metadata.freeze(id, body.flag('frozen') ?? false),
};

/** Answers a request to `/admin`; `GET /admin` lists what there is. */
export function serveAdmin(cloud: Cloud, request: ApiRequest): ApiAnswer {
  const { pathname, searchParams: query } = new URL(request.target, 'http://sim');
  try {
    const [run, id] = findOperation(`${request.method} ${pathname}`);
    const body = run(cloud, { id, query, body: parseBody(request.body) });
    return body === undefined ? { status: 204, headers: {} } : { status: 200, headers: {}, body };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const { status, code, message } = error;
    return { status, headers: {}, body: { code, message } };
  }
}

function findOperation(asked: string): [AdminOperation, string] {
  for (const [pattern, run] of Object.entries(table)) {
    const [before = '', after = ''] = pattern.split('{id}');
    if (pattern === asked) return [run, ''];
    if (!pattern.includes('{id}') || !asked.startsWith(before) || !asked.endsWith(after)) continue;
    const id = asked.slice(before.length, asked.length - after.length);
    if (id && !id.includes('/')) return [run, decodeSegment(id)];
  }
  throw notFound(`${asked}; GET /admin lists what there is`);
}

function milliseconds(body: Fields, name: string): number {
  const ms = body.whole(name);
  if (ms === undefined || ms < 0)
    throw invalidParameter(`${name} must be milliseconds, 0 or more.`);
  return ms;
}

/** `?instanceId=...&tag=name=value&tag=...` */
function readFilter(query: URLSearchParams): BooksFilter {
  const instanceId = query.get('instanceId');
  const tags = query.getAll('tag').map((tag) => {
    const at = tag.indexOf('=');
    if (at < 1) throw invalidParameter(`tag ${tag} must be name=value.`);
    return [tag.slice(0, at), tag.slice(at + 1)];
  });
  return { ...(instanceId !== null && { instanceId }), tags: Object.fromEntries(tags) };
}
