import { once } from 'node:events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createCloud } from '../cloud/cloud.ts';
import { layOut } from './lay-out.ts';
import { metadataDocument } from './metadata-documents.ts';
import { metadataHandler } from './metadata-handler.ts';

const cloud = createCloud();
const { subnets } = layOut(cloud, {
  nodes: { cidrBlocks: ['10.0.0.0/24'], ipv6CidrBlocks: ['fd00:10::/64'] },
  six: { ipv6CidrBlocks: ['fd00:10:0:6::/64'] },
});
const launch = (subnet: string, shape?: string) =>
  cloud.launchInstance({
    displayName: 'node',
    ...(shape !== undefined && { shape }),
    createVnicDetails: { subnetId: subnets[subnet]!.id, assignIpv6Ip: true },
  });
const vm = launch('nodes');

const server = createServer((incoming, response) =>
  metadataHandler(metadataDocument(cloud, vm.id))(incoming, response),
);
beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => void server.close());

async function get(path: string, headers: Record<string, string> = {}) {
  const { port } = server.address() as AddressInfo;
  const call = request({
    ...{ host: '127.0.0.1', port, path, agent: false },
    headers: { authorization: 'Bearer Oracle', ...headers },
  });
  call.end();
  const [answer] = await once(call, 'response');
  return { status: answer.statusCode, body: await text(answer) };
}

describe('the service', () => {
  it('tells documents, items and properties', async () => {
    const { body } = await get('/opc/v2/vnics/');
    expect(JSON.parse(body)).toHaveLength(1);
    expect(JSON.parse((await get('/opc/v2/vnics/0/')).body).privateIp).toBe('10.0.0.2');
    expect((await get('/opc/v2/vnics/0/privateIp')).body).toBe('10.0.0.2');
    expect(JSON.parse((await get('/opc/v2/instance/')).body)).toMatchObject({
      id: vm.id,
      region: cloud.region,
      state: 'Running',
    });
  });

  it.each([
    '/opc/v2/vnics/1/',
    '/opc/v2/vnics/0/secret',
    '/opc/v1/vnics/',
    '/',
    '/opc/v2/constructor',
  ])('knows nothing at %s', async (path) => {
    expect((await get(path)).status).toBe(404);
  });

  it('wants its header, and refuses what was sent on', async () => {
    expect((await get('/opc/v2/vnics/', { authorization: 'Bearer other' })).status).toBe(401);
    expect((await get('/opc/v2/vnics/', { 'x-forwarded-for': '10.0.0.9' })).status).toBe(403);
  });
});

describe('the documents', () => {
  const vnicOf = (id: string) =>
    (metadataDocument(cloud, id) as { vnics: Record<string, unknown>[] }).vnics[0]!;

  it('have upper-case MACs on virtual machines', () => {
    expect(vnicOf(vm.id)['macAddr']).toMatch(/^[0-9A-F:]{17}$/);
    expect(vnicOf(vm.id)).not.toHaveProperty('nicIndex');
    expect(vnicOf(vm.id)).toMatchObject({
      virtualRouterIp: '10.0.0.1',
      subnetCidrBlock: '10.0.0.0/24',
      ipv6SubnetCidrBlock: 'fd00:10::/64',
    });
  });

  it('say <null> where there is no IPv4', () => {
    const vnic = vnicOf(launch('six').id);
    expect(vnic['subnetCidrBlock']).toBe('<null>');
    expect(vnic).not.toHaveProperty('privateIp');
    expect(vnic['ipv6VirtualRouterIp']).toMatch(/^fe80::/);
  });

  it('name the port on bare metal', () => {
    expect(vnicOf(launch('nodes', 'BM.Standard.E5.192').id)).toMatchObject({
      nicIndex: 0,
      vlanTag: 0,
    });
  });

  it('are none for an instance that is not there', () => {
    expect(metadataDocument(cloud, 'ocid1.instance.none')).toBeUndefined();
  });
});
