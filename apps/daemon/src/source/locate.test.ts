import { coreEndpoint } from '@vcn-cni/oci-vnic/api';
import type { InstanceMetadata, VnicMetadata } from '@vcn-cni/oci-vnic/imds';
import { expect, test } from 'vitest';
import { configSchema } from '../config/schema.ts';
import { createLocate, type OciApi } from './locate.ts';

const instance: InstanceMetadata = {
  ...{ id: 'ocid1.instance.a', displayName: 'node', compartmentId: 'ocid1.compartment.c' },
  ...{ availabilityDomain: 'AD-1', region: 'eu-frankfurt-1', realmDomain: 'oraclecloud.com' },
  ...{ shape: 'VM.Standard.E5.Flex', isBareMetal: false, ocpus: 4 },
  ...{ metadata: {}, freeformTags: {} },
};
const options = { min: 2, max: 24, defaultPerOcpu: 1 };
const flexible = {
  shape: instance.shape,
  maxVnicAttachments: 2,
  maxVnicAttachmentOptions: options,
};
const signal = new AbortController().signal;

/** A node, and a cloud that knows shapes and counts how often it is asked. */
function createPlace(oci: object = {}) {
  let kept: string | undefined;
  const place = {
    instance,
    vnics: [] as Partial<VnicMetadata>[],
    shapes: [flexible] as object[],
    asked: 0,
    away: false,
    endpoints: [] as string[],
    scopes: [] as object[],
    keep: (text: string) => {
      kept = text;
    },
  };
  const client = {
    async listShapes() {
      place.asked += 1;
      if (place.away) throw new Error('ListShapes: no answer');
      return place.shapes;
    },
  };
  const api = {
    coreEndpoint,
    credentialsOf: () => undefined,
    createSigner: () => undefined,
    createClient: ({ endpoint }: { endpoint: string }) => {
      place.endpoints.push(endpoint);
      return () => client;
    },
    createVnicApi: (scope: object) => {
      place.scopes.push(scope);
      return () => ({});
    },
  } as unknown as OciApi;
  const config = configSchema.parse({
    pool: { mode: 'oci', families: ['inet'] },
    oci: { subnets: ['ocid1.subnet.a'], ...oci },
  });
  const locate = () =>
    createLocate(config, {
      imds: { instance: async () => place.instance, vnics: async () => place.vnics as never },
      loadApi: async () => api,
      shape: {
        load: async () => kept,
        save: async (text) => {
          kept = text;
        },
      },
      observe: () => {},
    })(signal);
  return { place, locate };
}

test('the instance, its own compartment and region, and what its shape allows', async () => {
  const { place, locate } = createPlace();
  expect(await locate()).toMatchObject({ instanceId: instance.id, vnicLimit: 4 });
  expect(place.endpoints).toEqual([coreEndpoint('eu-frankfurt-1', 'oraclecloud.com')]);
  expect(place.scopes).toEqual([
    { instanceId: instance.id, compartmentId: 'ocid1.compartment.c', families: ['inet'] },
  ]);
});

test('what the shape allows is remembered, also while the API is away', async () => {
  const { place, locate } = createPlace();
  await locate();
  place.away = true;
  expect(await locate()).toMatchObject({ vnicLimit: 4 });
  expect(place.asked).toBe(1);
});

test.each([
  ['another instance', { id: 'ocid1.instance.b' }, 4],
  ['another number of OCPUs', { ocpus: 8 }, 8],
])('%s is asked for anew', async (_, change, vnicLimit) => {
  const { place, locate } = createPlace();
  await locate();
  place.instance = { ...instance, ...change };
  expect(await locate()).toMatchObject({ vnicLimit });
  expect(place.asked).toBe(2);
});

test('what was remembered and cannot be read is asked for anew', async () => {
  const { place, locate } = createPlace();
  place.keep('{"instanceId":');
  expect(await locate()).toMatchObject({ vnicLimit: 4 });
});

test('oci.maxVnics and oci.endpoint and oci.compartment ask nothing', async () => {
  const { place, locate } = createPlace({
    ...{ maxVnics: 3, endpoint: 'http://198.51.100.1:20160', compartment: 'ocid1.compartment.d' },
  });
  place.away = true;
  expect(await locate()).toMatchObject({ vnicLimit: 3 });
  expect(place).toMatchObject({ asked: 0, endpoints: ['http://198.51.100.1:20160'] });
  expect(place.scopes).toMatchObject([{ compartmentId: 'ocid1.compartment.d' }]);
});

test('a shape that is not listed is named, with what to set', async () => {
  const { place, locate } = createPlace();
  place.shapes = [{ ...flexible, shape: 'VM.Other' }];
  await expect(locate()).rejects.toThrow(/VM\.Standard\.E5\.Flex.*oci\.maxVnics/);
});

test('bare metal: the first VNIC of a port tells its MAC address', async () => {
  const { place, locate } = createPlace({ maxVnics: 8 });
  expect(await locate()).not.toHaveProperty('ports');
  place.instance = { ...instance, shape: 'BM.Standard.E5.192', isBareMetal: true };
  place.vnics = [
    { nicIndex: 0, vlanTag: 0, mac: '02:00:00:00:00:f0' },
    { nicIndex: 0, vlanTag: 12, mac: '02:00:00:00:00:0a' },
    { nicIndex: 1, mac: '02:00:00:00:00:f1' },
  ];
  expect((await locate()).ports).toEqual(
    new Map([
      [0, '02:00:00:00:00:f0'],
      [1, '02:00:00:00:00:f1'],
    ]),
  );
});
