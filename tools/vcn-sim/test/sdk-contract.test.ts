import { createManualClock } from '@vcn-cni/vcn-sim';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { smallEstate } from './estate.ts';
import { startSdk } from './sdk.ts';
import { signedFetch } from './signed-fetch.ts';

const clock = createManualClock();
const { cloud, pods, instance } = smallEstate({ clock, limits: { privateIpsPerVnic: 40 } });
const { tenancyId: compartmentId } = cloud;
const instanceId = instance.id;
let sdk: Awaited<ReturnType<typeof startSdk>>;

beforeAll(async () => {
  sdk = await startSdk(cloud);
});
afterAll(() => sdk.server.close());

describe('the official SDK against the simulated service', () => {
  it('attaches a VNIC, works with its addresses, and detaches it', async () => {
    const { network, compute } = sdk;
    const { vnicAttachment } = await compute.attachVnic({
      attachVnicDetails: {
        instanceId,
        createVnicDetails: {
          subnetId: pods.id,
          assignIpv6Ip: true,
          skipSourceDestCheck: true,
          freeformTags: { owner: 'test' },
        },
      },
    });
    expect(vnicAttachment).toMatchObject({ lifecycleState: 'ATTACHING', instanceId });
    expect(vnicAttachment.vnicId).toBeUndefined();
    clock.advance(20);
    const got = await compute.getVnicAttachment({ vnicAttachmentId: vnicAttachment.id });
    expect(got.vnicAttachment.lifecycleState).toBe('ATTACHED');
    const vnicId = got.vnicAttachment.vnicId!;
    const { vnic } = await network.getVnic({ vnicId });
    expect(vnic).toMatchObject({
      isPrimary: false,
      privateIp: '10.0.16.2',
      ipv6Addresses: ['2001:db8:0:1::8'],
      skipSourceDestCheck: true,
      freeformTags: { owner: 'test' },
    });
    expect(vnic.macAddress).toMatch(/^02:00:17(:[0-9A-F]{2}){3}$/);

    const { privateIp: single } = await network.createPrivateIp({
      createPrivateIpDetails: { vnicId, freeformTags: { owner: 'test' } },
    });
    expect(single).toMatchObject({ ipAddress: '10.0.16.3', isPrimary: false, ipState: 'ASSIGNED' });
    const { privateIp: block } = await network.createPrivateIp({
      createPrivateIpDetails: { vnicId, cidrPrefixLength: 27 },
    });
    expect(block).toMatchObject({ ipAddress: '10.0.32.32', cidrPrefixLength: 27 });
    const { ipv6 } = await network.createIpv6({
      createIpv6Details: { vnicId, cidrPrefixLength: 80 },
    });
    expect(ipv6).toMatchObject({
      ipAddress: '2001:db8:0:1:1::',
      cidrPrefixLength: 80,
      lifecycleState: 'PROVISIONING',
    });
    clock.advance(5);
    expect((await network.getIpv6({ ipv6Id: ipv6.id })).ipv6.lifecycleState).toBe('AVAILABLE');

    await expect(
      network.createPrivateIp({ createPrivateIpDetails: { vnicId, ipAddress: '10.0.16.3' } }),
    ).rejects.toMatchObject({ statusCode: 409, serviceCode: 'Conflict' });
    await network.deletePrivateIp({ privateIpId: single.id! });
    await expect(network.getPrivateIp({ privateIpId: single.id! })).rejects.toMatchObject({
      statusCode: 404,
      serviceCode: 'NotAuthorizedOrNotFound',
    });

    await compute.detachVnic({ vnicAttachmentId: vnicAttachment.id });
    await expect(
      network.createPrivateIp({ createPrivateIpDetails: { vnicId } }),
    ).rejects.toMatchObject({ statusCode: 409, serviceCode: 'IncorrectState' });
    clock.advance(20);
    expect(cloud.books({ instanceId }).vnics).toHaveLength(1);
    expect(cloud.books({ tags: { owner: 'test' } })).toMatchObject({ vnics: [], addresses: [] });
  });

  it('makes and removes many addresses by work request, and pages through them', async () => {
    const { network, compute } = sdk;
    const { vnicAttachment } = await compute.attachVnic({
      attachVnicDetails: { instanceId, createVnicDetails: { subnetId: pods.id } },
    });
    clock.advance(20);
    const { items } = await compute.listVnicAttachments({ compartmentId, instanceId });
    const vnicId = items.find(({ id }) => id === vnicAttachment.id)!.vnicId!;
    const { opcWorkRequestId } = await network.bulkCreatePrivateIps({
      bulkCreatePrivateIpsDetails: {
        vnicId,
        bulkCreatePrivateIpItem: Array.from({ length: 31 }, () => ({})),
      },
    });
    clock.advance(5 + 10);
    expect(await workRequest(opcWorkRequestId)).toMatchObject({ status: 'IN_PROGRESS' });
    clock.advance(21);
    const done = await workRequest(opcWorkRequestId);
    expect(done).toMatchObject({ status: 'SUCCEEDED', percentComplete: 100 });
    expect(done.resources).toHaveLength(31);

    const listed: string[] = [];
    let pages = 0;
    let page: string | undefined;
    do {
      const answer = await network.listPrivateIps({ vnicId, limit: 10, ...(page && { page }) });
      listed.push(...answer.items.map(({ id }) => id!));
      page = answer.opcNextPage;
      pages += 1;
    } while (page);
    expect([pages, listed.length, new Set(listed).size]).toEqual([4, 32, 32]);

    const removed = await network.bulkDeletePrivateIps({
      bulkDeletePrivateIpsDetails: {
        vnicId,
        bulkDeletePrivateIpItem: done.resources.map(({ identifier }) => ({
          privateIpId: identifier,
        })),
      },
    });
    clock.advance(36);
    expect(await workRequest(removed.opcWorkRequestId)).toMatchObject({ status: 'SUCCEEDED' });
    expect((await network.listPrivateIps({ vnicId })).items).toHaveLength(1);
  });

  it('ends a bulk call at the first item that fails, and says why', async () => {
    const { network } = sdk;
    const vnicId = cloud.books({ instanceId }).vnics[1]!.id;
    const { opcWorkRequestId } = await network.bulkCreatePrivateIps({
      bulkCreatePrivateIpsDetails: {
        vnicId,
        bulkCreatePrivateIpItem: Array.from({ length: 41 }, () => ({})),
      },
    });
    clock.advance(60);
    const { status, resources } = await workRequest(opcWorkRequestId);
    expect([status, resources.length]).toEqual(['FAILED', 40]);
    const answer = await fetch(`${sdk.server.endpoint}/admin/books?instanceId=${instanceId}`);
    const { addresses } = (await answer.json()) as { addresses: unknown[] };
    expect(addresses).toHaveLength(1 + 1 + 40);
  });

  it('is told of throttling by 429, and of what is missing by 400', async () => {
    const { network } = sdk;
    cloud.faults.inject({ operation: 'GetSubnet', effect: { kind: 'throttle' }, times: 1 });
    await expect(network.getSubnet({ subnetId: pods.id })).rejects.toMatchObject({
      statusCode: 429,
      serviceCode: 'TooManyRequests',
    });
    const { subnet } = await network.getSubnet({ subnetId: pods.id });
    expect(subnet).toMatchObject({
      cidrBlock: '10.0.16.0/24',
      ipv4CidrBlocks: ['10.0.16.0/24', '10.0.32.0/20'],
      virtualRouterIp: '10.0.16.1',
      lifecycleState: 'AVAILABLE',
    });
    await expect(network.createPrivateIp({ createPrivateIpDetails: {} })).rejects.toMatchObject({
      statusCode: 400,
      serviceCode: 'MissingParameter',
    });
  });

  it('reads instances, shapes and the use of a subnet', async () => {
    const { network, compute } = sdk;
    const read = await compute.getInstance({ instanceId });
    expect(read.instance).toMatchObject({ lifecycleState: 'RUNNING', shapeConfig: { ocpus: 4 } });
    const { items } = await compute.listShapes({ compartmentId });
    expect(items.find(({ shape }) => shape === read.instance.shape)).toMatchObject({
      maxVnicAttachments: 2,
      maxVnicAttachmentOptions: { min: 2, max: 24, defaultPerOcpu: 1 },
    });
    const usage = await network.getSubnetCidrUtilization({ subnetId: pods.id });
    const lines = usage.ipInventoryCidrUtilizationCollection.ipInventoryCidrUtilizationSummary!;
    expect(lines.map(({ cidr }) => cidr)).toEqual([
      '10.0.16.0/24',
      '10.0.32.0/20',
      '2001:db8:0:1::/64',
    ]);
    expect(lines[0]!.utilization).toBeCloseTo((41 / 253) * 100, 3);
  });
});

async function workRequest(id: string) {
  const answer = await signedFetch(sdk.user, `${sdk.server.endpoint}/20160918/workRequests/${id}`);
  return (await answer.json()) as {
    status: string;
    percentComplete: number;
    resources: { identifier: string }[];
  };
}
