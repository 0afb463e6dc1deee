import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { CniError, ErrorCode, parseCniArgs, parseJson } from '@vcn-cni/cni-spec';
import type { Attachment } from '../attachment.ts';
import type { ProcessEnvironment } from '../plugin-environment.ts';

/** Where configurations are: `NETCONFPATH`. */
export function configurationFolder(environment: ProcessEnvironment): string {
  return environment['NETCONFPATH'] || '/etc/cni/net.d';
}

/** `CNI_PATH`, split. */
export function pluginFolders(environment: ProcessEnvironment): string[] {
  return (environment['CNI_PATH'] ?? '').split(':').filter((folder) => folder !== '');
}

/**
 * The attachment of a namespace, as cnitool makes it: the container id is derived from its absolute path, the
 * rest is `CNI_IFNAME`, `CNI_ARGS` and `CAP_ARGS`. Throws CniError 4 that names the variable and its value.
 */
export function attachmentOf(
  netns: string,
  environment: ProcessEnvironment,
  ifname = environment['CNI_IFNAME'] || 'eth0',
): Attachment {
  const path = resolve(netns);
  const args = parseCniArgs(environment['CNI_ARGS'] ?? '');
  const capabilities = environment['CAP_ARGS'];
  return {
    containerId: containerIdOf(path),
    netns: path,
    ifname,
    // Where none are given, DEL and CHECK have those of ADD.
    ...(args.size > 0 ? { args } : {}),
    ...(capabilities ? { capabilities: parseCapabilities(capabilities) } : {}),
  };
}

/** `cnitool-` and the first ten bytes of the path's SHA-512. */
export function containerIdOf(path: string): string {
  return `cnitool-${createHash('sha512').update(path).digest('hex').slice(0, 20)}`;
}

function parseCapabilities(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = parseJson(text);
  } catch {
    value = undefined;
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  throw new CniError(
    ErrorCode.InvalidEnvironment,
    'invalid env variables [CAP_ARGS]',
    `CAP_ARGS ${JSON.stringify(text)} is not a JSON object, such as {"portMappings":[]}`,
  );
}
