import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import { formatOperation, type Operation } from '@vcn-cni/netlink';

/** Errno name of a refused kernel operation; undefined for any other error. */
export function refusal(error: unknown): { code: string; operation: Operation } | undefined {
  if (!(error instanceof Error) || !('operation' in error) || !('code' in error)) return undefined;
  return { code: String(error.code), operation: error.operation as Operation };
}

/** An error of a driver as the one that the runtime is told; anything else as it is. */
export function toCniError(error: unknown): unknown {
  const refused = refusal(error);
  if (refused) {
    return new CniError(
      ErrorCode.KernelRefused,
      `the kernel refused (${refused.code}): ${formatOperation(refused.operation)}`,
      (error as Error).message,
      { cause: error },
    );
  }
  if (error instanceof Error && error.name === 'StoreError') {
    return new CniError(ErrorCode.StoreUnusable, error.message, undefined, { cause: error });
  }
  return error;
}
