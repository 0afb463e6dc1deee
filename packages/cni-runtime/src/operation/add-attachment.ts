import { CniError, type Conflist, type ResultDocument } from '@vcn-cni/cni-spec';
import type { Attachment } from '../attachment.ts';
import type { CachedAttachment } from '../cache/cached-attachment.ts';
import { runList } from '../run-list.ts';
import { throwFailures } from '../several-failures.ts';
import { keyOf } from './cached-result.ts';
import { listText } from './list-text.ts';
import type { OperationContext } from './operation-context.ts';
import { operationSignal } from './operation-options.ts';

/** For an undo whose operation had no bound: the ADD that made it necessary may have hung. */
const undoMilliseconds = 30_000;

/** ADD of a list; its result is kept when all plugins have succeeded. `undo`: DEL after a failure. */
export async function addAttachment(
  context: OperationContext,
  list: Conflist,
  attachment: Attachment,
  { undo, timeout = undoMilliseconds }: { undo: boolean; timeout?: number | undefined },
): Promise<ResultDocument> {
  const { cache, execution } = context;
  const key = keyOf(list, attachment);
  await cache.claim(key);
  let result: ResultDocument | undefined;
  try {
    result = await runList({ ...execution, verb: 'ADD', list, attachment });
    await cache.write(entryOf(list, attachment, result));
    return result;
  } catch (failure) {
    if (!undo) throw failure;
    // The signal of the ADD may be what ended it.
    const signal = operationSignal({ timeout });
    const verb = 'DEL';
    await runList({ ...execution, signal, verb, list, attachment, prevResult: result }).catch(
      (another) => {
        const errors = [CniError.from(failure), CniError.from(another)];
        throwFailures(`ADD to network ${list.name} failed, and so did the DEL after it`, errors);
      },
    );
    throw failure;
  }
}

function entryOf(list: Conflist, attachment: Attachment, result: ResultDocument): CachedAttachment {
  const { netns, args, capabilities } = attachment;
  return {
    ...keyOf(list, attachment),
    netns,
    ...(args ? { args: [...args].map(([name, value]) => [name, value]) } : {}),
    ...(capabilities ? { capabilities: { ...capabilities } } : {}),
    config: listText(list),
    result,
  };
}
