import { CniError } from '../error/cni-error.ts';
import { ErrorCode } from '../error/error-codes.ts';
import { parseDocument } from '../parse-document.ts';
import { validate } from '../validate.ts';
import { negotiateVersion, supportedVersions } from '../version.ts';
import type { Conflist, PluginConfig } from './conflist.ts';
import { conflistSchema, pluginConfigSchema } from './schema.ts';

/**
 * A conflist from JSON text. Throws CniError 6 for what is no JSON object, and 7 naming field and value.
 * Without `plugins` the list has none (they may come from files beside it), except when
 * `loadOnlyInlinedPlugins` says that there are no such files.
 */
export function parseConflist(
  text: unknown,
  options: { supportedVersions?: readonly string[] } = {},
): Conflist {
  const raw = parseDocument(text, 'network configuration list');
  const list = validate<Record<string, unknown> & Written>(
    conflistSchema,
    raw,
    'network configuration list',
    ErrorCode.InvalidNetworkConfig,
  );
  const loadOnlyInlinedPlugins = isTrue(list.loadOnlyInlinedPlugins);
  if (list.plugins?.length === 0)
    throw invalid('plugins [] is empty: expected at least one plugin');
  if (!list.plugins && loadOnlyInlinedPlugins) {
    throw invalid('plugins is missing, and loadOnlyInlinedPlugins forbids any others');
  }
  return {
    ...raw,
    cniVersion: negotiateVersion(
      { cniVersion: list.cniVersion ?? undefined, cniVersions: list.cniVersions ?? undefined },
      options.supportedVersions ?? supportedVersions,
    ),
    name: list.name,
    disableCheck: isTrue(list.disableCheck),
    disableGC: isTrue(list.disableGC),
    loadOnlyInlinedPlugins,
    plugins: list.plugins ?? [],
  };
}

/** A list of the one plugin of a `.conf` file, the form that versions before 1.0.0 also know. */
export function conflistOfPlugin(text: unknown): Conflist {
  const plugin = parsePluginConfig(text);
  const { cniVersion, name } = plugin;
  return parseConflist({ cniVersion, name, plugins: [plugin] });
}

/** One plugin object. Throws CniError 6 for what is no JSON object, and 7 naming field and value. */
export function parsePluginConfig(text: unknown): PluginConfig {
  return validate(
    pluginConfigSchema,
    parseDocument(text, 'network configuration'),
    'network configuration',
    ErrorCode.InvalidNetworkConfig,
  );
}

function invalid(details: string): CniError {
  const msg = 'invalid network configuration list';
  return new CniError(ErrorCode.InvalidNetworkConfig, msg, details);
}

interface Written {
  cniVersion?: string | null;
  cniVersions?: string[] | null;
  name: string;
  disableCheck?: boolean | string | null;
  disableGC?: boolean | string | null;
  loadOnlyInlinedPlugins?: boolean | string | null;
  plugins?: PluginConfig[] | null;
}

function isTrue(flag: boolean | string | null | undefined): boolean {
  return flag === true || (typeof flag === 'string' && flag.toLowerCase() === 'true');
}
