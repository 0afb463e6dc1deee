import { once } from 'node:events';
import oci from 'oci-common';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startVcn, type Vcn } from '../src/node/start-vcn.ts';
import type { VcnNode } from '../src/node/vcn-node.ts';
import { assign, attach, configure, pod } from './fabric-lab.ts';

let vcn: Vcn;
let node: VcnNode;
let other: VcnNode;
let secondary: Awaited<ReturnType<typeof attach>>;
let podSource: VcnNode['namespace'];

beforeAll(async () => {
  vcn = await startVcn();
  [node, other] = vcn.nodes as [VcnNode, VcnNode];
  secondary = await attach(vcn, node);
  await configure(vcn, node, secondary);
  const address = (await assign(vcn, secondary)).split('/')[0]!;
  podSource = await pod(vcn, node, secondary, address);
});
afterAll(() => vcn[Symbol.asyncDispose]());

interface Answer {
  status: number;
  body: string;
}

type From = Pick<VcnNode['namespace'], 'exec'>;

/** Status and body of a GET, from a source of the namespace; `silence`: nothing within half a second. */
async function get(
  from: From,
  url: string,
  source?: string,
): Promise<Answer | 'silence' | 'refused'> {
  const program = `
    const { get } = require('node:http');
    const call = get(process.argv[1], { localAddress: process.argv[2], timeout: 500, headers: { Authorization: 'Bearer Oracle' } }, (answer) => {
      let body = '';
      answer.on('data', (text) => { body += text; });
      answer.on('end', () => console.log(JSON.stringify({ status: answer.statusCode, body })));
    });
    call.on('timeout', () => { console.log('"silence"'); process.exit(); });
    call.on('error', () => console.log('"refused"'));
  `;
  const { stdout } = await from.exec(process.execPath, [
    '-e',
    program,
    url,
    ...(source ? [source] : []),
  ]);
  return JSON.parse(stdout);
}

/** What the resolver answers to a question for a type. */
async function resolve(
  from: From,
  name: string,
  type: 'A' | 'AAAA',
  source?: string,
): Promise<string> {
  const program = `
    const { Resolver } = require('node:dns').promises;
    const resolver = new Resolver({ timeout: 500, tries: 1 });
    resolver.setServers(['169.254.169.254']);
    const [, name, type, source] = process.argv;
    if (source) resolver.setLocalAddress(source);
    resolver.resolve(name, type).then((all) => console.log(all.join()), (error) => console.log(error.code));
  `;
  const { stdout } = await from.exec(process.execPath, [
    '-e',
    program,
    name,
    type,
    ...(source ? [source] : []),
  ]);
  return stdout.trim();
}

const name = 'node2.vcn.oraclevcn.com';

describe('the resolver', () => {
  test('answers any source of the node', async () => {
    const { inet, inet6 } = other.primary.address;
    expect(await resolve(node, name, 'A')).toBe(inet);
    expect(await resolve(node, name, 'A', secondary.address.inet)).toBe(inet);
    expect(await resolve(podSource, name, 'AAAA')).toBe(inet6);
    expect(await resolve(podSource, 'nowhere.vcn.oraclevcn.com', 'A')).toBe('ENOTFOUND');
  });
});

describe('the metadata service', () => {
  const url = () => vcn.endpoints.metadata;

  test('answers each node with its own', async () => {
    for (const one of vcn.nodes) {
      const answer = await get(one, `${url()}vnics/`);
      expect(answer).toMatchObject({
        status: 200,
        body: expect.stringContaining(one.primary.id),
      });
    }
    const answer = (await get(node, `${url()}vnics/`)) as Answer;
    expect(answer.body).not.toContain(other.primary.id);
  });

  test('answers no secondary address', async () => {
    expect(await get(node, `${url()}vnics/`, secondary.address.inet)).toBe('silence');
    expect(await get(podSource, `${url()}vnics/`)).toBe('silence');
  });
});

test('the API answers inside the nodes and pods, and asks for a signature', async () => {
  for (const from of [node, other, podSource]) {
    const answer = await get(from, `${vcn.endpoints.api}/20160918/vnics/ocid1.vnic.oc1.none`);
    expect(answer).toMatchObject({
      status: 401,
      body: expect.stringContaining('NotAuthenticated'),
    });
  }
});

test('an answer of the API is true when it comes', async () => {
  const address = await assign(vcn, secondary);
  const { id } = [...vcn.cloud.world.ips.values()].find(({ cidr }) => cidr.text === address)!;
  const url = `${vcn.endpoints.api}/20160918/privateIps/${id}`;
  const request = { uri: url, method: 'DELETE' as const, headers: new Headers() };
  const { tenancyId, userId, fingerprint, privateKey } = vcn.cloud.identity.createUser();
  await new oci.DefaultRequestSigner(
    new oci.SimpleAuthenticationDetailsProvider(tenancyId, userId, fingerprint, privateKey, null),
  ).signHttpRequest(request);
  const program = `
    const [, url, headers] = process.argv;
    const call = require('node:http').request(url, { method: 'DELETE', headers: JSON.parse(headers) });
    call.on('response', (answer) => { console.log(answer.statusCode); process.exit(); }).end();
  `;
  const headers = JSON.stringify(Object.fromEntries(request.headers));
  const child = node.spawn(process.execPath, ['-e', program, url, headers]);
  const [status] = await once(child.stdout!.setEncoding('utf8'), 'data');
  const { routes } = await vcn.fabric.namespace.handle.snapshot();
  expect(status.trim()).toBe('204');
  expect(routes.map(({ destination }) => destination)).not.toContain(address);
});
