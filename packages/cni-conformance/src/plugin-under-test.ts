import type { JsonObject } from './evidence.ts';
import type { Hints } from './hints.ts';

/** What is tried. */
export interface PluginUnderTest {
  /** The plugin's file; its name is the `type` of its configuration. */
  readonly bin: string;
  /** One plugin's configuration, with `name` and `type`; `cniVersion` is set by the run. */
  readonly config: Readonly<JsonObject>;
  /** Folders of plugins that it delegates to. */
  readonly cniPath: readonly string[];
  readonly hints: Hints;
}
