import { CniError, type Conflist, convertResult, ErrorCode } from '@vcn-cni/cni-spec';
import type { Attachment } from '../attachment.ts';
import type { CachedAttachment } from '../cache/cached-attachment.ts';
import { runList } from '../run-list.ts';
import { cachedResult, keyOf, withCachedParameters } from './cached-result.ts';
import type { OperationContext } from './operation-context.ts';

/**
 * DEL of a list with what is kept of its ADD. What is kept but cannot be used is thrown away, and DEL goes on
 * without. After a failure everything stays for another DEL; after success nothing is kept.
 */
export async function deleteAttachment(
  { cache, execution }: OperationContext,
  list: Conflist,
  attachment: Attachment,
): Promise<void> {
  const key = keyOf(list, attachment);
  let entry: CachedAttachment | undefined;
  let prevResult: ReturnType<typeof cachedResult>;
  try {
    entry = await cache.read(key);
    const kept = cachedResult(entry, list);
    prevResult = kept && convertResult(kept, list.cniVersion).document;
  } catch (error) {
    if (CniError.is(error) && error.code === ErrorCode.IoFailure) throw error;
    await cache.remove(key);
  }
  await runList({
    ...execution,
    verb: 'DEL',
    list,
    attachment: withCachedParameters(attachment, entry),
    prevResult,
  });
  await cache.remove(key);
}
