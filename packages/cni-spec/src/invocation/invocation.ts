/** What a runtime asks of a plugin: the environment and standard input of one execution, parsed. */
import type { NetworkConfig } from '../network-config/network-config.ts';

export type Verb = 'ADD' | 'DEL' | 'CHECK' | 'GC' | 'STATUS' | 'VERSION';

/** SPEC section 2, "Parameters". Strings are empty where the verb has no such parameter. */
export interface Invocation {
  verb: Verb;
  /** `CNI_CONTAINERID`. */
  containerId: string;
  /** `CNI_NETNS`: a path as the runtime sees it; may be empty for DEL. */
  netns: string;
  /** `CNI_IFNAME`. */
  ifname: string;
  /** `CNI_ARGS`, split; the order of the runtime is kept. */
  args: ReadonlyMap<string, string>;
  /** `CNI_PATH`, split at the colon. */
  path: readonly string[];
  config: NetworkConfig;
}
