import { z } from 'zod';
import { maybeText, present } from './present.ts';

/** The instance as its metadata service tells of it. */
export interface InstanceMetadata {
  /** OCID. */
  id: string;
  displayName: string;
  hostname?: string;
  compartmentId: string;
  availabilityDomain: string;
  /** Identifier, such as `us-phoenix-1`; never the short code. */
  region: string;
  /** Of the realm, such as `oraclecloud.com`. */
  realmDomain?: string;
  /** Such as `VM.Standard.E5.Flex`. */
  shape: string;
  isBareMetal: boolean;
  /** Of flexible shapes. */
  ocpus?: number;
  state?: string;
  /** What the user gave at launch, and what the service adds. */
  metadata: Record<string, string>;
  freeformTags: Record<string, string>;
}

/** Two regions go by a code here and by their identifier everywhere else. */
const codes: Readonly<Record<string, string>> = { phx: 'us-phoenix-1', iad: 'us-ashburn-1' };

const document = z.object({
  id: z.string().min(1),
  displayName: maybeText,
  hostname: maybeText,
  compartmentId: z.string().min(1),
  availabilityDomain: z.string(),
  region: z.string().min(1),
  canonicalRegionName: maybeText,
  regionInfo: z.object({ realmDomainComponent: maybeText, regionIdentifier: maybeText }).nullish(),
  shape: z.string().min(1),
  shapeConfig: z.object({ ocpus: z.number().nullish() }).nullish(),
  state: maybeText,
  metadata: z.record(z.string(), z.unknown()).nullish(),
  freeformTags: z.record(z.string(), z.string()).nullish(),
});

/** `/instance/` of metadata version 2. Throws ZodError. */
export function parseInstance(body: unknown): InstanceMetadata {
  const found = document.parse(body);
  const region =
    found.regionInfo?.regionIdentifier ?? found.canonicalRegionName ?? codes[found.region];
  return present<InstanceMetadata>({
    id: found.id,
    displayName: found.displayName ?? '',
    hostname: found.hostname,
    compartmentId: found.compartmentId,
    availabilityDomain: found.availabilityDomain,
    region: region ?? found.region,
    realmDomain: found.regionInfo?.realmDomainComponent,
    shape: found.shape,
    isBareMetal: found.shape.startsWith('BM.'),
    ocpus: found.shapeConfig?.ocpus ?? undefined,
    state: found.state,
    metadata: texts(found.metadata ?? {}),
    freeformTags: found.freeformTags ?? {},
  });
}

/** Values are texts by the documentation; others are given as JSON. */
function texts(values: Record<string, unknown>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'string' ? value : JSON.stringify(value),
    ]),
  );
}
