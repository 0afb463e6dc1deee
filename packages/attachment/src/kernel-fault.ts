import { CniError, ErrorCode } from '@vcn-cni/cni-spec';
import { formatOperation, type Operation } from '@vcn-cni/netlink';

/** Errno name of a refused kernel operation; undefined for any other error. */
export function refusal(error: unknown): { code: string; operation: Operation } | undefined {
  if (!(error instanceof Error) || !('operation' in error) || !('code' in error)) return undefined;
  return { code: String(error.code), operation: error.operation as Operation };
}

/** An error of any origin as the one that the runtime is told. */
export function toCniError(error: unknown): CniError {
  if (CniError.is(error)) return error;
  const refused = refusal(error);
  if (!refused) return CniError.from(error);
  return new CniError(
    ErrorCode.KernelRefused,
    `the kernel refused (${refused.code}): ${formatOperation(refused.operation)}`,
    (error as Error).message,
    { cause: error },
  );
}
