import { generateKeyPairSync } from 'node:crypto';
import type { VnicApi } from '@vcn-cni/oci-vnic';
import {
  type Clock,
  type Credentials,
  createClient,
  createSigner,
  createVnicApi,
  type OciClient,
  type VnicApiOptions,
} from '@vcn-cni/oci-vnic/api';
import {
  type Cloud,
  type CloudOptions,
  createCloud,
  createManualClock,
  passTime,
  type SimClock,
  startCloudServer,
} from '@vcn-cni/vcn-sim';
// The signer loads it when it is first needed; simulated time would leap while the file system answers.
import 'oci-common';
import { createRandom } from '../src/random.ts';

/** A cloud behind its API server, one instance in it, and simulated time. */
export interface OciWorld extends AsyncDisposable {
  cloud: Cloud;
  clock: SimClock;
  subnetId: string;
  instanceId: string;
  sleep: Clock['sleep'];
  /** The client of `@vcn-cni/oci-vnic`, over HTTP, as a new process has it. */
  client(): OciClient;
  api(client: OciClient, changes?: Partial<VnicApiOptions>): VnicApi;
  /** Does the work while simulated time passes. */
  pass<T>(work: () => Promise<T>): Promise<T>;
}

export interface OciWorldOptions extends Omit<CloudOptions, 'clock'> {
  /** Of the pod subnet. Default one of 254 addresses and one of 4,096. */
  cidrBlocks?: string[];
  /** Of the instance, which decide how many VNICs it may have. Default 8. */
  ocpus?: number;
}

export async function startWorld(options: OciWorldOptions = {}): Promise<OciWorld> {
  const { cidrBlocks = ['10.0.16.0/24', '10.0.32.0/20'], ocpus = 8, ...others } = options;
  const clock = createManualClock();
  const cloud = createCloud({ ...others, clock });
  const vcn = cloud.createVcn({ cidrBlocks: ['10.0.0.0/16'], ipv6CidrBlocks: ['2001:db8::/56'] });
  const nodes = cloud.createSubnet({ vcnId: vcn.id, cidrBlocks: ['10.0.0.0/24'] });
  const pods = cloud.createSubnet({
    vcnId: vcn.id,
    cidrBlocks,
    ipv6CidrBlocks: ['2001:db8:0:1::/64'],
  });
  const { id: instanceId } = cloud.launchInstance({
    ocpus,
    createVnicDetails: { subnetId: nodes.id },
  });
  const user = createUser(cloud);
  const server = await startCloudServer({ cloud, signedAt: () => clock.now() });
  const clientClock = clockOf(clock);
  const random = createRandom(`client ${options.seed}`);

  return {
    cloud,
    clock,
    subnetId: pods.id,
    instanceId,
    sleep: clientClock.sleep,
    client() {
      const signer = createSigner(async () => user, { clock: clientClock });
      const { endpoint } = server;
      return createClient({ endpoint })({ signer, clock: clientClock, random: random.next });
    },
    api: (client, changes = {}) =>
      createVnicApi({ instanceId, compartmentId: cloud.tenancyId, ...changes })({
        client,
        clock: clientClock,
      }),
    pass: (work) => passTime(clock, work()),
    [Symbol.asyncDispose]: () => server.close(),
  };
}

/** A user with a short key: half of the time of these tests would go into signatures. */
function createUser({ identity, tenancyId }: Cloud): Credentials {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 1024,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
  return { keyId: identity.register(`${tenancyId}/user`, publicKey), privateKey };
}

/** Simulated time as the client asks for it. */
function clockOf(clock: SimClock): Clock {
  return {
    now: () => clock.now(),
    date: () => new Date(clock.now()),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason);
        const end = (): void => {
          signal?.removeEventListener('abort', abort);
          resolve();
        };
        const cancel = clock.after(ms, end);
        const abort = (): void => {
          cancel();
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', abort, { once: true });
      }),
  };
}
