import type { Hints } from './hints.ts';
import type { Operation } from './runtime-harness.ts';

/** What is tried. */
export interface RuntimeUnderTest {
  /**
   * Lines of sh, by operation. They find in their environment the attachment (NETWORK, CONTAINER_ID, NETNS, IFNAME)
   * and where things are (CNI_CONF_DIR, CNI_PATH); for gc what stays, as plugins know it: VALID_ATTACHMENTS (JSON:
   * `[{"containerID", "ifname"}]`) and VALID (words: `ID/IFNAME ID/IFNAME`); NETCONFPATH, CNI_IFNAME, CNI_ARGS and
   * CAP_ARGS besides, as cnitool takes them.
   */
  readonly commands: Readonly<Partial<Record<Operation, string>>>;
  /** Folder in which they run. */
  readonly folder?: string;
  readonly hints: Hints;
}
