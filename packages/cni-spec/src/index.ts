// For users: read and write the documents of the specification.

export type { Conflist, PluginConfig } from './conflist/conflist.ts';
export { conflistOfPlugin, parseConflist, parsePluginConfig } from './conflist/parse-conflist.ts';
export { CniError } from './error/cni-error.ts';
export { ErrorCode, type ErrorCodeEntry, type ErrorName, errorCodes } from './error/error-codes.ts';
export type { ErrorDocument } from './error/error-document.ts';
export { errorDocumentSchema } from './error/error-document.ts';
export { parseError } from './error/parse-error.ts';
export { formatCniArgs, parseCniArgs } from './invocation/cni-args.ts';
export {
  type Environment,
  environmentSchema,
  parseEnvironment,
  parseVerb,
} from './invocation/environment.ts';
export type { Invocation, Verb } from './invocation/invocation.ts';
export { type PodIdentity, podIdentity } from './invocation/pod-identity.ts';
export { requestedAddresses } from './invocation/requested-addresses.ts';
export { requestedMac } from './invocation/requested-mac.ts';
export { parseJson, printJson } from './json.ts';
export { isContainerId, isInterfaceName, isNetworkName, isPluginType } from './names.ts';
export type { NetworkConfig, RuntimeConfig } from './network-config/network-config.ts';
export {
  type NetworkConfigOptions,
  parseNetworkConfig,
} from './network-config/parse-network-config.ts';
export { convertResult } from './result/convert-result.ts';
export type { Loss } from './result/loss.ts';
export {
  parseResult,
  parseResultDocument,
  printResult,
  type ResultContext,
} from './result/parse-result.ts';
export type { Dns, Interface, IpConfig, Result, ResultDocument, Route } from './result/result.ts';
export {
  type CniVersion,
  compareVersions,
  isCniVersion,
  latestVersion,
  negotiateVersion,
  oldestVersion,
  supportedVersions,
  versionAllows,
} from './version.ts';

// For implementers: schemas, and what programs in other languages are built from.

export { renderCHeader } from './c-header.ts';
export { conflistSchema, pluginConfigSchema } from './conflist/schema.ts';
export {
  type Capability,
  capabilitySchemas,
  runtimeConfigSchema,
} from './network-config/capabilities.ts';
export { networkConfigSchema } from './network-config/schema.ts';
export {
  releasedAttachmentsKey,
  validAttachmentsKey,
  validAttachmentsSchema,
} from './network-config/valid-attachments.ts';
export { parseDocument } from './parse-document.ts';
export { resultSchemas } from './result/schemas.ts';
export { validate } from './validate.ts';
