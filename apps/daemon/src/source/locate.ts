/** Where the daemon runs: asked of the metadata service; what its shape allows, of the API or of what that said before. */
import { vnicLimit } from '@vcn-cni/oci-vnic';
import type { ObservedAttempt, OciClient } from '@vcn-cni/oci-vnic/api';
import type { Imds, InstanceMetadata } from '@vcn-cni/oci-vnic/imds';
import * as z from 'zod';
import type { Config } from '../config/schema.ts';
import type { CacheFile } from './cache-file.ts';
import { authenticationOf } from './oci-authentication.ts';
import type { OciPlace } from './oci-source.ts';

/** What is used of `@vcn-cni/oci-vnic/api`. */
export type OciApi = Pick<
  typeof import('@vcn-cni/oci-vnic/api'),
  'createClient' | 'createSigner' | 'createVnicApi' | 'credentialsOf' | 'coreEndpoint'
>;

export interface LocateDeps {
  imds: Imds;
  /** The client is large and not needed by the first ADD. */
  loadApi(): Promise<OciApi>;
  /** What the instance's shape allows, as it was last told. */
  shape: CacheFile;
  /** Told of each attempt of a call. */
  observe(attempt: ObservedAttempt): void;
}

/** Rejects with ImdsError or OciError while the place cannot be found out. */
export function createLocate(
  config: Config,
  { imds, loadApi, shape, observe }: LocateDeps,
): (signal: AbortSignal) => Promise<OciPlace> {
  const { oci, pool } = config;
  return async (signal) => {
    const instance = await imds.instance({ signal });
    const api = await loadApi();
    const endpoint = oci.endpoint ?? api.coreEndpoint(instance.region, instance.realmDomain);
    const signer = api.createSigner(api.credentialsOf(authenticationOf(oci)));
    const client = api.createClient({ endpoint })({ signer, observe });
    const compartmentId = oci.compartment ?? instance.compartmentId;
    const limit = oci.maxVnics ?? (await limitOf(instance, client, shape, signal));
    const ports = instance.isBareMetal ? await readPorts(imds, signal) : undefined;
    const scope = { instanceId: instance.id, compartmentId, families: pool.families };
    return {
      instanceId: instance.id,
      api: api.createVnicApi(scope)({ client }),
      vnicLimit: limit,
      ...(ports && { ports }),
      async routers(control) {
        const vnics = await imds.vnics({ signal: control });
        return new Map(vnics.map(({ id, virtualRouter }) => [id, virtualRouter]));
      },
    };
  };
}

/** Bare metal: the MAC address of each physical port by its index. The first VNIC of a port is the port, its tag is 0. */
export async function readPorts(
  imds: Imds,
  signal: AbortSignal,
): Promise<ReadonlyMap<number, string>> {
  const vnics = await imds.vnics({ signal });
  return new Map(
    vnics.flatMap(({ nicIndex, vlanTag = 0, mac }) =>
      nicIndex === undefined || vlanTag !== 0 ? [] : [[nicIndex, mac] as const],
    ),
  );
}

const remembered = z.object({
  instanceId: z.string(),
  shape: z.string(),
  ocpus: z.number().optional(),
  vnicLimit: z.int().min(1),
});

/** A shape does not change while its instance runs, so what was told of it once is good: also while the API is away. */
async function limitOf(
  { id: instanceId, shape, ocpus, compartmentId, availabilityDomain }: InstanceMetadata,
  client: OciClient,
  cache: CacheFile,
  signal: AbortSignal,
): Promise<number> {
  const known = remembered.safeParse(parse(await cache.load())).data;
  if (known?.instanceId === instanceId && known.shape === shape && known.ocpus === ocpus)
    return known.vnicLimit;
  const shapes = await client.listShapes({ compartmentId, availabilityDomain }, { signal });
  const found = shapes.find((candidate) => candidate.shape === shape);
  if (!found)
    throw new Error(
      `ListShapes does not name the shape ${shape} of this instance; set oci.maxVnics`,
    );
  const limit = vnicLimit(found, ocpus);
  await cache.save(JSON.stringify({ instanceId, shape, ocpus, vnicLimit: limit }));
  return limit;
}

function parse(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
