import { CniError } from '../error/cni-error.ts';
import { ErrorCode } from '../error/error-codes.ts';
import { parseDocument } from '../parse-document.ts';
import { type Fields, fieldsOf, withoutNulls } from '../result/fields-of.ts';
import { parseResult } from '../result/parse-result.ts';
import { optionalDnsFields } from '../result/tidy-result.ts';
import { show } from '../show.ts';
import { validate } from '../validate.ts';
import { oldestVersion, supportedVersions } from '../version.ts';
import type { NetworkConfig } from './network-config.ts';
import { networkConfigSchema } from './schema.ts';
import { releasedAttachmentsKey, validAttachmentsKey } from './valid-attachments.ts';

export interface NetworkConfigOptions {
  /** What the plugin speaks; everything by default. */
  supportedVersions?: readonly string[];
  /** Leave a `prevResult` out that cannot be read, instead of failing: DEL has to go on without. */
  dropUnreadablePrevResult?: boolean;
}

const optional = [
  'prevResult',
  'runtimeConfig',
  'capabilities',
  'args',
  'dns',
  'ipMasq',
  'ipam',
  'mtu',
];

/**
 * A plugin's configuration from standard input. Checked in this order, each a CniError that names field and
 * value: not a JSON object, or `cniVersion` or `name` not a string (6); `name` missing (7); a version that is
 * not supported (1); any other field (7). A missing `cniVersion` is 0.1.0.
 */
export function parseNetworkConfig(
  text: unknown,
  options: NetworkConfigOptions = {},
): NetworkConfig {
  const raw = parseDocument(text, 'network configuration');
  const cniVersion = textField(raw, 'cniVersion') || oldestVersion;
  if (!textField(raw, 'name')) {
    throw new CniError(
      ErrorCode.InvalidNetworkConfig,
      'invalid network configuration',
      'name is missing',
    );
  }
  checkVersion(cniVersion, options.supportedVersions ?? supportedVersions);
  validate(networkConfigSchema, raw, 'network configuration', ErrorCode.InvalidNetworkConfig);

  const { validAttachments: _, ...fields } = raw;
  const config: Fields = { ...withoutNulls(fields, optional), cniVersion };
  if (config['dns']) config['dns'] = withoutNulls(fieldsOf(config['dns']), optionalDnsFields);
  if (config['runtimeConfig']) {
    config['runtimeConfig'] = withoutNulls(fieldsOf(config['runtimeConfig']), ['mac', 'ips']);
  }
  const key = validAttachmentsKey in raw ? validAttachmentsKey : releasedAttachmentsKey;
  if (key in raw) config['validAttachments'] = raw[key];
  return withPrevResult(config as NetworkConfig, options.dropUnreadablePrevResult ?? false);
}

function textField(raw: Record<string, unknown>, key: string): string | undefined {
  const value = raw[key];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new CniError(
    ErrorCode.DecodingFailure,
    'the network configuration cannot be decoded',
    `${key} ${show(value)}: expected a string`,
  );
}

function checkVersion(cniVersion: string, supported: readonly string[]): void {
  if (supported.includes(cniVersion)) return;
  throw new CniError(
    ErrorCode.IncompatibleVersion,
    `cniVersion ${show(cniVersion)} is not supported`,
    `supported versions are ${supported.join(', ')}`,
  );
}

function withPrevResult(config: NetworkConfig, drop: boolean): NetworkConfig {
  if (config.prevResult === undefined) return config;
  const { cniVersion } = config;
  try {
    return { ...config, prevResult: parseResult(config.prevResult, { configVersion: cniVersion }) };
  } catch (error) {
    if (drop) {
      const { prevResult: _, ...rest } = config;
      return rest as NetworkConfig;
    }
    const { code, message } = CniError.from(error);
    throw new CniError(code, 'invalid prevResult of the network configuration', message, {
      cause: error,
    });
  }
}
