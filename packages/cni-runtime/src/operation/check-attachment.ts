import { CniError, type Conflist, ErrorCode, versionAllows } from '@vcn-cni/cni-spec';
import type { Attachment } from '../attachment.ts';
import { runList } from '../run-list.ts';
import { cachedResult, keyOf, withCachedParameters } from './cached-result.ts';
import type { OperationContext } from './operation-context.ts';

/**
 * CHECK of a list with the result that its ADD gave. What was not added here is CniError 105, since the
 * specification forbids a CHECK before ADD or without a result. (libcni sends it all the same.)
 */
export async function checkAttachment(
  { cache, execution }: OperationContext,
  list: Conflist,
  attachment: Attachment,
): Promise<void> {
  const asked = versionAllows(list.cniVersion, 'CHECK') && !list.disableCheck;
  const entry = asked ? await cache.read(keyOf(list, attachment)) : undefined;
  const prevResult = cachedResult(entry, list);
  if (asked && !prevResult) throw notAdded(list, attachment);
  await runList({
    ...execution,
    verb: 'CHECK',
    list,
    attachment: withCachedParameters(attachment, entry),
    prevResult,
  });
}

function notAdded({ name }: Conflist, { containerId, ifname }: Attachment): CniError {
  return new CniError(
    ErrorCode.NotAttached,
    `container ${containerId} is not known to have ${ifname} on network ${name}`,
    'no result of an ADD is kept; call ADD first, with the same cache directory',
  );
}
