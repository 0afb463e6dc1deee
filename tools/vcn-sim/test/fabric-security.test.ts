import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { SecurityRule } from '../src/cloud/security-rule.ts';
import { startVcn, type Vcn } from '../src/node/start-vcn.ts';
import type { VcnNode } from '../src/node/vcn-node.ts';
import { ping, setGroups } from './fabric-lab.ts';

let vcn: Vcn;
let node: VcnNode;
let other: VcnNode;
let list: string;

const echo: SecurityRule = {
  direction: 'ingress',
  protocol: 'icmp',
  peer: { cidr: '10.0.0.0/16' },
  icmp: { type: 8 },
};
const anywhere: SecurityRule = {
  direction: 'egress',
  protocol: 'all',
  peer: { cidr: '0.0.0.0/0' },
};

beforeAll(async () => {
  vcn = await startVcn({
    subnets: { nodes: { cidrBlocks: ['10.0.0.0/24'], rules: [anywhere] } },
  });
  [node, other] = vcn.nodes as [VcnNode, VcnNode];
  [list] = vcn.subnets['nodes']!.securityListIds as [string];
});
afterAll(() => vcn[Symbol.asyncDispose]());

async function rules(...wanted: SecurityRule[]): Promise<void> {
  vcn.cloud.setRules(list, wanted);
  await vcn.settled();
}

const reaches = () => ping(node, other.primary.address.inet!);

beforeEach(async () => {
  await setGroups(vcn, node.primary, []);
  await setGroups(vcn, other.primary, []);
});

test('what no line of a list allows is dropped, at either end', async () => {
  await rules(anywhere);
  expect(await reaches()).toBe(false);
  await rules(echo);
  expect(await reaches()).toBe(false);
  await rules(anywhere, echo);
  expect(await reaches()).toBe(true);
});

test('replies need no line of their own, unless the line is stateless', async () => {
  const out: SecurityRule = { ...echo, direction: 'egress' };
  await rules(out, echo);
  expect(await reaches()).toBe(true);
  await rules({ ...out, stateless: true }, { ...echo, stateless: true });
  expect(await reaches()).toBe(false);
  const reply = { ...echo, icmp: { type: 0 }, stateless: true };
  await rules({ ...out, stateless: true }, { ...echo, stateless: true }, reply, {
    ...reply,
    direction: 'egress',
  });
  expect(await reaches()).toBe(true);
});

test('a group allows by membership, as long as it lasts', async () => {
  await rules(anywhere);
  const { id } = vcn.cloud.createNsg({ vcnId: vcn.facts.id, rules: [] });
  vcn.cloud.setRules(id, [{ direction: 'ingress', protocol: 'icmp', peer: { nsgId: id } }]);
  await setGroups(vcn, other.primary, [id]);
  expect(await reaches()).toBe(false);
  await setGroups(vcn, node.primary, [id]);
  expect(await reaches()).toBe(true);
  await setGroups(vcn, node.primary, []);
  expect(await reaches()).toBe(false);
});
