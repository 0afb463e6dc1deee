import { CniError, ErrorCode, type PluginConfig, parsePluginConfig } from '@vcn-cni/cni-spec';

/**
 * A plugin's configuration with fields set over its own. Throws CniError 7 for an empty key, for a value that is
 * null or undefined, and for what is no valid configuration afterwards.
 */
export function injectFields(
  plugin: PluginConfig,
  fields: Readonly<Record<string, unknown>>,
): PluginConfig {
  for (const [key, value] of Object.entries(fields)) {
    if (key === '') throw refused('a key is empty', 'name the field to set');
    if (value === null || value === undefined) {
      throw refused(`${key} is ${value}`, 'give a value; a field cannot be removed in this way');
    }
  }
  return parsePluginConfig({ ...plugin, ...fields });
}

function refused(what: string, remedy: string): CniError {
  const msg = 'cannot set fields of a network configuration';
  return new CniError(ErrorCode.InvalidNetworkConfig, msg, `${what}; ${remedy}`);
}
