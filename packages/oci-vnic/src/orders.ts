import type { CloudView } from './cloud-view.ts';
import { callTag } from './ownership.ts';
import type { OrderedChange } from './record-document.ts';

/** Whether what was ordered is there, whole: everything bears the token of its call. */
export function isThere({ token, change, objects }: OrderedChange, view: CloudView): boolean {
  if (change.op === 'attach')
    return view
      .vnics()
      .some(({ displayName, tags }) => displayName === token || tags[callTag] === token);
  return view.assignments().filter(({ tags }) => tags[callTag] === token).length >= objects;
}

/** Whether there is no VNIC any more on which it could be. */
export function isMoot(
  { change }: OrderedChange,
  view: CloudView,
  leaving: ReadonlySet<string>,
): boolean {
  if (change.op === 'attach') return false;
  const { vnicId } = change;
  return (
    leaving.has(vnicId) ||
    !view.vnics().some(({ id, lifecycle }) => id === vnicId && lifecycle === 'attached')
  );
}
