// For users.

export { type NativePodNetwork, npnName, parseNpn } from './native-pod-network.ts';
export { NpnError, type NpnErrorReason } from './npn-error.ts';
export { type NpnListener, type NpnSource, npnFile } from './npn-file.ts';
export { type NpnVnic, npnVnics } from './npn-vnics.ts';
export type { NpnSpec } from './spec.ts';
export type { NpnStatus, NpnStatusVnic } from './status.ts';

// For implementers: the zod schemas.

export { nativePodNetwork } from './native-pod-network.ts';
export { npnSpec } from './spec.ts';
export { npnStatus } from './status.ts';
