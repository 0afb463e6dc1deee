/** The configuration of a process: file, then environment, then flags. */
import { readFile } from 'node:fs/promises';
import { checkConfig } from './check.ts';
import { ConfigError } from './config-error.ts';
import { nearest } from './nearest.ts';
import { type Origins, overlay } from './overlay.ts';
import type { Config } from './schema.ts';
import { listSettings, type Setting } from './setting.ts';

export const defaultConfigFile = '/etc/vcn-cni/config.json';

/** Variables with our prefix that are not settings: the file itself, the plugin's own, and what Kubernetes injects for a Service. */
const notSettings =
  /^VCN_CNI_(CONFIG|TIMEOUT_MS|CONNECT_TIMEOUT_MS|(.+_)?SERVICE_(HOST|PORT).*|(.+_)?PORT(_\d+_(TCP|UDP|SCTP).*)?)$/;

export interface ConfigSources {
  /** Absent: the default path, which may be missing. */
  file?: string;
  environment: Record<string, string | undefined>;
  /** By flag name with dashes, as `--log-level`. */
  flags: Record<string, string | undefined>;
}

/** @throws ConfigError with every problem found. */
export async function loadConfig(sources: ConfigSources): Promise<Config> {
  const settings = listSettings();
  const file = sources.file ?? sources.environment['VCN_CNI_CONFIG'];
  const origins: Origins = new Map();
  let document = await readDocument(file ?? defaultConfigFile, file === undefined);
  if (document) origins.set('', file ?? defaultConfigFile);
  document = overlay(document ?? {}, fromEnvironment(settings, sources.environment), origins);
  document = overlay(document, fromFlags(settings, sources.flags), origins);
  return checkConfig(document, settings, origins);
}

async function readDocument(
  file: string,
  mayBeMissing: boolean,
): Promise<Record<string, unknown> | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && mayBeMissing) return undefined;
    throw new ConfigError([
      `${file}: ${code === 'ENOENT' ? 'no such file; create it or name another with --config' : `cannot be read (${code})`}`,
    ]);
  }
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw new ConfigError([`${file}: not JSON: ${(error as Error).message}`]);
  }
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw new ConfigError([
      `${file}: must hold one JSON object, as {"pool":{"blocks":["10.0.1.0/28"]}}`,
    ]);
  return document as Record<string, unknown>;
}

function fromEnvironment(settings: Setting[], environment: ConfigSources['environment']) {
  const known = new Map(settings.map((setting) => [setting.variable, setting]));
  const problems: string[] = [];
  const values = Object.entries(environment).flatMap(([name, text]) => {
    if (!name.startsWith('VCN_CNI_') || text === undefined || notSettings.test(name)) return [];
    const setting = known.get(name);
    if (setting) return { setting, text, origin: name };
    const near = nearest(name, [...known.keys()]);
    problems.push(`${name}: no such variable${near ? `; did you mean ${near}?` : '; unset it'}`);
    return [];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return values;
}

function fromFlags(settings: Setting[], flags: ConfigSources['flags']) {
  return settings.flatMap((setting) => {
    const text = flags[setting.flag];
    return text === undefined ? [] : { setting, text, origin: setting.flag };
  });
}
