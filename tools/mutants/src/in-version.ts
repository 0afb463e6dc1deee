import type { Result } from '@vcn-cni/cni-spec';

/** Leaves out what came with 1.1.0, where the configuration has another version. */
export function inVersion(result: Result, version: string): Result {
  if (version === '1.1.0') return result;
  return {
    ...result,
    ...(result.interfaces && {
      interfaces: result.interfaces.map(({ mtu, socketPath, pciID, ...each }) => each),
    }),
    ...(result.routes && {
      routes: result.routes.map(({ mtu, advmss, priority, table, scope, ...each }) => each),
    }),
  };
}
