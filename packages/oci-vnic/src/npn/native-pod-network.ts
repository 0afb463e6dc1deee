import { z } from 'zod';
import { NpnError } from './npn-error.ts';
import { npnSpec } from './spec.ts';
import { npnStatus } from './status.ts';

/** The whole resource; fields that this version does not know are passed over. */
export const nativePodNetwork = z.object({
  apiVersion: z.literal('oci.oraclecloud.com/v1beta1'),
  kind: z.literal('NativePodNetwork'),
  metadata: z.object({ name: z.string().min(1) }).loose(),
  spec: npnSpec,
  status: npnStatus.optional(),
});

export type NativePodNetwork = z.infer<typeof nativePodNetwork>;

/** Throws NpnError `malformed` that names each field at fault. */
export function parseNpn(document: unknown): NativePodNetwork {
  const parsed = nativePodNetwork.safeParse(document);
  if (parsed.success) return parsed.data;
  throw new NpnError('malformed', `NativePodNetwork: ${z.prettifyError(parsed.error)}`);
}

/** The name that the resource of an instance has: what stands behind the last dot of its OCID. */
export function npnName(instanceId: string): string {
  return instanceId.slice(instanceId.lastIndexOf('.') + 1);
}
