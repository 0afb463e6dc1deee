import { expect, test } from 'vitest';
import { createFakeCloud, createSimulatedClock, vnicApiCases } from '../src/testing/index.ts';

const subnetId = 'subnet-pods';
const subnets = [{ id: subnetId, cidrs: ['10.0.0.0/24', '10.0.4.0/22', '2001:db8:0:1::/64'] }];

test.each(vnicApiCases)('$name', async ({ run }) => {
  const clock = createSimulatedClock();
  const api = createFakeCloud({ clock, subnets }).api('ocid1.instance.a');
  await clock.run(run({ api, subnetId, sleep: clock.sleep }));
});

test.each(vnicApiCases)('$name: a cloud that forgets fails it', async ({ run }) => {
  const clock = createSimulatedClock();
  const cloud = createFakeCloud({ clock, subnets });
  const api = cloud.api('ocid1.instance.a');
  const nothing = {
    ...api,
    listVnics: async () => [],
    getSubnet: async () => ({ ...(await api.getSubnet(subnetId)), cidrs: [] }),
    assign: async () => api.assign({ vnicId: '', family: 'inet', tags: {} }, { retryToken: '' }),
  };
  await expect(clock.run(run({ api: nothing, subnetId, sleep: clock.sleep }))).rejects.toThrow();
});

test('a lost answer is not a lost change, and a repeat finds it', async () => {
  const clock = createSimulatedClock();
  const cloud = createFakeCloud({ clock, subnets, faults: { lost: 1 } });
  const api = cloud.api('ocid1.instance.a');
  const ask = {
    subnetId,
    nsgIds: [],
    displayName: 'x',
    tags: {},
    assignIpv6: true,
    skipSourceDestCheck: true,
  };
  await expect(clock.run(api.attachVnic(ask, { retryToken: 't' }))).rejects.toMatchObject({
    status: 0,
    inDoubt: true,
  });
  cloud.setFaults({});
  await clock.run(api.attachVnic(ask, { retryToken: 't' }));
  expect(cloud.books.vnics('ocid1.instance.a')).toHaveLength(2);
});

test('the first block of the first CIDR makes the subnet UPDATING, where it refuses', async () => {
  const clock = createSimulatedClock();
  const cloud = createFakeCloud({ clock, subnets: [{ id: subnetId, cidrs: ['10.0.4.0/22'] }] });
  const api = cloud.api('ocid1.instance.a');
  const [primary] = await clock.run(api.listVnics());
  const order = { vnicId: primary?.id ?? '', family: 'inet' as const, tags: {} };
  await clock.run(api.assign({ ...order, cidrPrefixLength: 28 }, { retryToken: '1' }));
  expect((await clock.run(api.getSubnet(subnetId))).lifecycle).toBe('updating');
  await expect(clock.run(api.assign(order, { retryToken: '2' }))).rejects.toMatchObject({
    status: 409,
    code: 'IncorrectState',
  });
  await clock.run(clock.sleep(60_000));
  await clock.run(api.assign(order, { retryToken: '2' }));
});
