/** A network configuration list as an administrator writes it (SPEC section 1). */
export interface Conflist {
  /** The version to use: the highest supported one of `cniVersion` and `cniVersions`. */
  cniVersion: string;
  name: string;
  disableCheck: boolean;
  disableGC: boolean;
  loadOnlyInlinedPlugins: boolean;
  /** As they were written, whatever else they hold. */
  plugins: PluginConfig[];
  [key: string]: unknown;
}

/** One element of `plugins`: everything but `type` belongs to the plugin. */
export interface PluginConfig {
  type: string;
  capabilities?: Record<string, boolean>;
  [key: string]: unknown;
}
