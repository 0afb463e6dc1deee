import type { ApiCall, ApiCallOptions, Caller } from './call.ts';
import { OciError } from './oci-error.ts';

/** As many a page as the service gives; it may give fewer. */
const perPage = 1000;

/** All pages of a list, in order. `items` finds them in the body where that is not the list itself. */
export async function listAll<T>(
  caller: Caller,
  call: ApiCall,
  options: ApiCallOptions = {},
): Promise<T[]> {
  const found: T[] = [];
  let page: string | undefined;
  for (;;) {
    const query = { ...call.query, limit: perPage, page };
    const answer = await caller({ ...call, query }, options);
    if (!Array.isArray(answer.body)) throw notAList(call.operation, answer.opcRequestId);
    found.push(...(answer.body as T[]));
    if (answer.nextPage === undefined || answer.nextPage === page) return found;
    page = answer.nextPage;
  }
}

function notAList(operation: string, opcRequestId: string | undefined): OciError {
  return new OciError({
    status: 200,
    code: 'BadAnswer',
    operation,
    retryable: true,
    explanation: 'the answer is no list',
    ...(opcRequestId === undefined ? {} : { opcRequestId }),
  });
}
