import { type Conflist, versionAllows } from '@vcn-cni/cni-spec';
import { type ListExecution, runListPlugin } from '../run-list-plugin.ts';

/** STATUS of each plugin from the first to the last; stops at the first that is not ready, with its code. */
export async function networkStatus(execution: ListExecution, list: Conflist): Promise<void> {
  if (!versionAllows(list.cniVersion, 'STATUS')) return;
  for (const plugin of list.plugins) {
    await runListPlugin(execution, { verb: 'STATUS', list, plugin });
  }
}
