import { createHash } from 'node:crypto';
import { ApiError } from '../cloud/api-error.ts';
import type { Resource } from '../cloud/records.ts';
import type { ApiAnswer } from './message.ts';

/** A resource as it is, with its etag. */
export const one = (resource: Resource, body: unknown): ApiAnswer => ({
  status: 200,
  headers: { etag: etagOf(resource) },
  body,
});

export const empty: ApiAnswer = { status: 204, headers: {} };

/** Refuses a change whose `if-match` is not what there is: 412 NoEtagMatch. */
export function checkMatch(resource: Resource, ifMatch: string | undefined): void {
  if (ifMatch === undefined || ifMatch === etagOf(resource)) return;
  throw new ApiError(
    412,
    'NoEtagMatch',
    `${resource.id} has changed; its etag is ${etagOf(resource)}.`,
  );
}

const etagOf = ({ id, revision }: Resource) =>
  createHash('sha256').update(`${id} ${revision}`).digest('hex').slice(0, 8);
