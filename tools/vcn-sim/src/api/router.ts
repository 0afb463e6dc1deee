import { invalidParameter } from '../cloud/api-error.ts';
import type { Operation } from './call.ts';
import { addresses } from './operations/addresses.ts';
import { attachments } from './operations/attachments.ts';
import { bulk } from './operations/bulk.ts';
import { network } from './operations/network.ts';
import { workRequests } from './operations/work-requests.ts';

/** Every call that the simulated service knows. */
export const operations: readonly Operation[] = [
  ...attachments,
  ...bulk,
  ...addresses,
  ...network,
  ...workRequests,
];

export interface Routed {
  operation: Operation;
  /** What `{id}` of the path stands for. */
  id: string;
}

/** The operation of a method and a path below `/20160918`. */
export function route(method: string, path: string): Routed | undefined {
  const segments = path.split('/');
  for (const operation of operations) {
    if (operation.method !== method) continue;
    const wanted = operation.path.split('/');
    if (wanted.length !== segments.length) continue;
    if (wanted.every((segment, at) => segment === '{id}' || segment === segments[at])) {
      return { operation, id: decodeSegment(segments[wanted.indexOf('{id}')] ?? '') };
    }
  }
  return undefined;
}

/** Throws ApiError 400 for what is no percent encoding of UTF-8. */
export function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw invalidParameter(`${segment} in the path is not percent-encoded UTF-8.`);
  }
}
