/** The text of a cache file, as libcni writes and reads it. */
import {
  CniError,
  ErrorCode,
  parseDocument,
  printJson,
  type ResultDocument,
} from '@vcn-cni/cni-spec';
import type { AttachmentKey, CachedAttachment } from './cached-attachment.ts';

const kind = 'cniCacheV1';

/** Ambiguous, since every part may hold hyphens: what is inside tells whose it is. */
export function cacheFileName({ network, containerId, ifname }: AttachmentKey): string {
  return `${network}-${containerId}-${ifname}`;
}

export function printCacheFile(entry: CachedAttachment): string {
  const { args = [], capabilities = {} } = entry;
  return printJson({
    kind,
    containerId: entry.containerId,
    config: Buffer.from(entry.config ?? '').toString('base64'),
    ifName: entry.ifname,
    networkName: entry.network,
    netns: entry.netns || undefined,
    cniArgs: args.length > 0 ? args : undefined,
    capabilityArgs: Object.keys(capabilities).length > 0 ? capabilities : undefined,
    result: entry.result,
  });
}

/**
 * A cache file's content; of the form before `cniCacheV1`, which was a bare result, the key is missing. Throws
 * CniError 6 that names `file` and what is wrong. (libcni takes a file of any other kind for a bare result.)
 */
export function parseCacheFile(
  bytes: Uint8Array,
  file: string,
): CachedAttachment | { result: ResultDocument } {
  try {
    const fields = parseDocument(bytes, 'cache file');
    if (fields['kind'] === undefined) return { result: object(fields, 'result') as ResultDocument };
    if (fields['kind'] !== kind) throw wrong('kind', fields['kind'], `"${kind}"`);
    return entryOf(fields);
  } catch (error) {
    const { code, message } = CniError.from(error);
    const remedy = 'remove it; the attachment can then still be deleted, without its result';
    throw new CniError(code, `cannot use cache file ${file}`, `${message}; ${remedy}`, {
      cause: error,
    });
  }
}

function entryOf(fields: Record<string, unknown>): CachedAttachment {
  const { netns, config, cniArgs, capabilityArgs, result } = fields;
  return {
    network: text(fields['networkName'], 'networkName'),
    containerId: text(fields['containerId'], 'containerId'),
    ifname: text(fields['ifName'], 'ifName'),
    ...(netns ? { netns: text(netns, 'netns') } : {}),
    ...(cniArgs ? { args: pairs(cniArgs) } : {}),
    ...(capabilityArgs ? { capabilities: object(capabilityArgs, 'capabilityArgs') } : {}),
    ...(config ? { config: Buffer.from(text(config, 'config'), 'base64').toString() } : {}),
    ...(result ? { result: object(result, 'result') as ResultDocument } : {}),
  };
}

function text(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw wrong(field, value, 'a text');
}

function object(value: unknown, field: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw wrong(field, value, 'an object');
}

function pairs(value: unknown): [string, string][] {
  const isPair = (pair: unknown) =>
    Array.isArray(pair) && pair.length === 2 && pair.every((part) => typeof part === 'string');
  if (Array.isArray(value) && value.every(isPair)) return value;
  throw wrong('cniArgs', value, 'pairs of texts');
}

function wrong(field: string, value: unknown, expected: string): CniError {
  const shown = value === undefined ? 'is missing' : `is ${printJson(value)}`;
  return new CniError(ErrorCode.DecodingFailure, `${field} ${shown}`, `expected ${expected}`);
}
