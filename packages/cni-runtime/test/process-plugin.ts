/** A whole plugin, as an author would write it. */
import { type PluginHandlers, runPlugin } from '@vcn-cni/cni-runtime/plugin';

const handlers: PluginHandlers = {
  // Larger than what a pipe holds, so that an exit that does not wait would cut it off.
  add: async () => ({ cniVersion: '1.1.0', vendor: 'x'.repeat(1 << 20) }),
  del: async () => {},
};

await runPlugin(handlers, process, { about: 'CNI plugin of the tests' });
