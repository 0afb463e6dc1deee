// For users.

export {
  createImds,
  type Imds,
  type ImdsCallOptions,
  type ImdsDeps,
  type ImdsOptions,
} from './imds.ts';
export { ImdsError, type ImdsErrorReason } from './imds-error.ts';
export type { InstanceMetadata } from './instance-metadata.ts';
export type { VnicMetadata } from './vnic-metadata.ts';

// For implementers.

export { parseInstance } from './instance-metadata.ts';
export { parseVnics } from './vnic-metadata.ts';
