import type { NpnVnic } from '@vcn-cni/oci-vnic/npn';
import { expect, test } from 'vitest';
import { quietLog } from '../../test/quiet-log.ts';
import type { Offer } from '../node/offer.ts';
import { createNpnSource, type NpnSourceDeps } from './npn-source.ts';

type Listener = Parameters<NpnSourceDeps['watch']>[0];

const vnic = (more: Partial<NpnVnic> = {}): NpnVnic => ({
  ...{ id: 'ocid1.vnic.a', mac: '02:00:00:00:00:0a' },
  ...{ virtualRouter: { inet: '10.0.64.1' }, subnet: { inet: '10.0.64.0/18' } },
  ...{ addresses: { inet: '10.0.64.5' } },
  podAddresses: { inet: ['10.0.64.7'], inet6: ['fd00::7'] },
  ...more,
});

/** A source over a file that a test writes by hand. */
function createFile(ports: NpnSourceDeps['ports'] = async () => new Map()) {
  let listener: Listener | undefined;
  const file = { time: 1_000, offers: [] as Offer[], asked: 0, watched: 0, broken: false };
  const source = createNpnSource({
    file: '/etc/npn.json',
    watch(told) {
      listener = told;
      file.watched += 1;
      return {
        [Symbol.dispose]: () => {
          file.watched -= 1;
        },
      };
    },
    ports(signal) {
      file.asked += 1;
      return ports(signal);
    },
    now: () => file.time,
    log: quietLog(),
  });
  source.start((offer) => {
    if (file.broken) throw new Error('blocks overlap');
    file.offers.push(offer);
  });
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve));
  return {
    file,
    source,
    async write(...vnics: NpnVnic[]) {
      listener!.changed(vnics);
      await turn();
    },
    async fail(message: string) {
      listener!.failed(new Error(message));
      await turn();
    },
  };
}

test('nothing is known before the file was read', () => {
  const { source } = createFile();
  expect(source.origin()).toBe('none');
  expect(source.vnics()).toEqual([]);
  expect(source.waits()).toEqual([]);
  expect(source.growing()).toBe(false);
});

test('what it names is offered, each address as a block of its own', async () => {
  const { file, source, write } = createFile();
  await write(vnic());
  expect(file.offers).toEqual([
    {
      vnics: [
        {
          ...{ id: 'ocid1.vnic.a', mac: '02:00:00:00:00:0a' },
          ...{ addresses: { inet: '10.0.64.5' }, gateways: { inet: '10.0.64.1' } },
        },
      ],
      blocks: [
        { cidr: '10.0.64.7/32', vnic: 'ocid1.vnic.a' },
        { cidr: 'fd00::7/128', vnic: 'ocid1.vnic.a' },
      ],
    },
  ]);
  expect(file.asked).toBe(0);
  expect(source.origin()).toBe('file');
  expect(source.vnics()).toMatchObject([{ id: 'ocid1.vnic.a', subnet: '10.0.64.0/18' }]);
});

test('a file without VNICs is waited for, and said so', async () => {
  const { file, source, write } = createFile();
  file.time = 9_000;
  await write();
  expect(source.waits()).toEqual([{ cause: 'npn-empty', subject: '/etc/npn.json', since: 1_000 }]);
  await write(vnic());
  expect(source.waits()).toEqual([]);
});

test('a broken file is told of since it broke; what it said before stands; repaired, it is well', async () => {
  const { file, source, write, fail } = createFile();
  await write(vnic());
  await fail('no JSON');
  file.time = 5_000;
  await fail('no such file');
  expect(source.waits()).toEqual([
    {
      ...{ cause: 'npn-unusable', subject: '/etc/npn.json' },
      ...{ since: 1_000, detail: 'no such file' },
    },
  ]);
  expect(source.vnics()).toHaveLength(1);
  expect(source.origin()).toBe('file');
  expect(file.offers).toHaveLength(1);
  await write(vnic({ id: 'ocid1.vnic.b' }));
  expect(source.waits()).toEqual([]);
  expect(file.offers.at(-1)!.vnics).toMatchObject([{ id: 'ocid1.vnic.b' }]);
});

test('blocks that the pool refuses are told of as well, until others come', async () => {
  const { file, source, write } = createFile();
  file.broken = true;
  await write(vnic());
  expect(source.waits()).toMatchObject([{ cause: 'npn-unusable', detail: 'blocks overlap' }]);
  file.broken = false;
  await write(vnic());
  expect(source.waits()).toEqual([]);
});

test('bare metal: ports are asked for once, and a VNIC is a VLAN of one', async () => {
  const ports = new Map([[1, '02:00:00:00:00:f1']]);
  const { file, write } = createFile(async () => ports);
  const trunked = vnic({ nicIndex: 1, vlanTag: 12 });
  await write(trunked);
  await write(trunked, vnic({ id: 'ocid1.vnic.b', nicIndex: 1, vlanTag: 0 }));
  expect(file.asked).toBe(1);
  expect(file.offers.at(-1)!.vnics.map(({ trunk }) => trunk)).toEqual([
    { vlanId: 12, portMac: '02:00:00:00:00:f1' },
    undefined,
  ]);
});

test('a virtual machine has no ports: a tag means nothing', async () => {
  const { file, write } = createFile();
  await write(vnic({ nicIndex: 0, vlanTag: 12 }));
  expect(file.offers.at(-1)!.vnics[0]).not.toHaveProperty('trunk');
});

test('while ports cannot be had, that is what is waited for; the end is no failure', async () => {
  const { source, write } = createFile(() =>
    Promise.reject(Object.assign(new Error('no answer'), { reason: 'unreachable', url: 'U' })),
  );
  await write(vnic({ nicIndex: 1, vlanTag: 12 }));
  expect(source.waits()).toMatchObject([{ cause: 'unreachable', subject: 'U' }]);
  await source[Symbol.asyncDispose]();
});

test('the file is watched as long as the source is there', async () => {
  const { file, source } = createFile();
  expect(file.watched).toBe(1);
  await source[Symbol.asyncDispose]();
  expect(file.watched).toBe(0);
});
