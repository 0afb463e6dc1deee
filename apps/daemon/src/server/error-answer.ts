import type { FrameAnswer } from '@vcn-cni/cni-runtime/plugin';
import type { CniError } from '@vcn-cni/cni-spec';

/** An error as the plugin prints it. */
export function errorAnswer(error: CniError, cniVersion = '1.1.0'): FrameAnswer {
  return { exitCode: 1, stdout: JSON.stringify(error.toDocument(cniVersion), null, 4) };
}
