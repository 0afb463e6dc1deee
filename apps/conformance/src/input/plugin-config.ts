import type { JsonObject } from '@vcn-cni/cni-conformance';
import {
  CniError,
  isNetworkName,
  parseConflist,
  parseJson,
  parsePluginConfig,
} from '@vcn-cni/cni-spec';
import { UsageError } from '../cli/usage-error.ts';

/** What is tried of a configuration file. */
export interface PluginConfigFile {
  /** Of the plugin, with the name of the network; without versions and what a runtime takes out of it. */
  readonly config: JsonObject;
  /** That the file names; none where it names none. */
  readonly versions: readonly string[];
}

/**
 * The configuration of the plugin `type` in the text of a file: its own, or that of a list in which it is. Throws
 * UsageError that names file, field, value and what to do.
 */
export function pluginConfig(text: string, file: string, type: string): PluginConfigFile {
  const wrong = (what: string): UsageError => new UsageError(`--config ${file}: ${what}`);
  try {
    const document = parseJson(text);
    if (typeof document === 'object' && document !== null && 'plugins' in document) {
      return ofList(document as JsonObject, type, wrong);
    }
    return ofPlugin(document, type, wrong);
  } catch (error) {
    if (error instanceof CniError) {
      throw wrong(`${error.message}${error.details ? `: ${error.details}` : ''}; correct it`);
    }
    if (error instanceof SyntaxError) throw wrong(`no JSON: ${error.message}`);
    throw error;
  }
}

type Wrong = (what: string) => UsageError;

function ofList(document: JsonObject, type: string, wrong: Wrong): PluginConfigFile {
  const { name, plugins } = parseConflist(document);
  const found = plugins.filter((each) => each.type === type);
  if (found.length !== 1) {
    const types = plugins.map((each) => JSON.stringify(each.type)).join(', ');
    const count = found.length === 0 ? 'no plugin' : `${found.length} plugins`;
    throw wrong(
      `plugins has ${count} of type "${type}", which is the name of --bin (it has ${types}); it must have one`,
    );
  }
  return { config: asSent({ ...found[0], name }), versions: versionsOf(document) };
}

function ofPlugin(document: unknown, type: string, wrong: Wrong): PluginConfigFile {
  const plugin = parsePluginConfig(document) as JsonObject & { type: string };
  if (plugin.type !== type) {
    throw wrong(
      `type "${plugin.type}" is not the name of --bin, "${type}"; write that, or give the other plugin`,
    );
  }
  const { name } = plugin;
  if (typeof name !== 'string' || !isNetworkName(name)) {
    const value = JSON.stringify(name);
    throw wrong(
      value === undefined
        ? 'name is missing; add that of a network, as "name": "mynet"'
        : `name ${value} is no name of a network; begin with a letter or digit, then those or _ . -`,
    );
  }
  return { config: asSent(plugin), versions: versionsOf(plugin) };
}

const versionsOf = ({ cniVersion, cniVersions }: JsonObject): string[] =>
  [cniVersion, ...(Array.isArray(cniVersions) ? cniVersions : [])].filter(
    (each) => typeof each === 'string',
  );

/** `capabilities` is between a list and the runtime; the version is that of the run. */
function asSent({ capabilities: _, cniVersion: _1, cniVersions: _2, ...config }: JsonObject) {
  return config;
}
