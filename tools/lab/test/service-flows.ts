import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { ping } from '../src/index.ts';
import { balancerFlows } from './service-balancer.ts';
import { answering, call, seenBy } from './service-calls.ts';
import {
  createServiceLab,
  families,
  type ServiceLab,
  type ServiceLabOptions,
} from './service-lab.ts';
import { clusterIp, madeService } from './service-made.ts';
import { claimWide, echoed } from './service-narrow.ts';
import { upkeepFlows } from './service-upkeep.ts';

const header = { inet: 'ip', inet6: 'ip6' } as const;
/** Enough that a choice among three that is never made would be one in a thousand million. */
const many = 50;
const nodePort = { any: 30081, local: 30082, none: 30083 };

/** Flows of Services, with real packets. After each of them the VCN has dropped nothing for its source. */
export function serviceFlows(options: ServiceLabOptions): void {
  let it: ServiceLab;

  beforeAll(async () => {
    it = await createServiceLab(options);
    await it.serve([
      madeService(it, 1, ['beta', 'gamma', 'delta']),
      madeService(it, 2, ['beta']),
      madeService(it, 3, ['gamma']),
      madeService(it, 4, ['alpha']),
      madeService(it, 5, ['beta', 'gamma', 'delta'], { affinitySeconds: 10_800 }),
      madeService(it, 6, ['beta', 'gamma'], { internalTrafficPolicy: 'Local' }),
      madeService(it, 7, ['beta', 'gamma', 'delta'], { nodePort: nodePort.any }),
      madeService(it, 8, ['beta', 'gamma', 'delta'], {
        nodePort: nodePort.local,
        externalTrafficPolicy: 'Local',
      }),
      madeService(it, 9, [], { nodePort: nodePort.none }),
    ]);
  });
  afterAll(() => it?.[Symbol.asyncDispose]());
  let before: number;
  beforeEach(async () => {
    before = await it.drops();
  });
  afterEach(async () => expect((await it.drops()) - before).toBe(0));

  describe.each(families)('%s', (family) => {
    /** What the first pod sends to the VCN; undefined: nothing else counts. */
    const sent = () =>
      it.lab.vcn.fabric.count(`${header[family]} saddr ${it.pods.alpha.address(family)}`);

    test('each endpoint of a ClusterIP is reached, and sees the pod', async () => {
      const { namespace, address } = it.pods.alpha;
      const calls = await call(namespace, clusterIp(1)[family], 80, { count: many });
      expect(answering(calls)).toEqual(['beta', 'delta', 'gamma']);
      expect(seenBy(calls)).toEqual([address(family)]);
    });

    test('an endpoint on this node is reached without the VCN', async () => {
      await using seen = await sent();
      const calls = await call(it.pods.alpha.namespace, clusterIp(2)[family], 80);
      expect(answering(calls)).toEqual(['beta']);
      expect(await seen.packets()).toBe(0);
    });

    test('an endpoint on another node is reached over the VCN, by the VNIC of the pod', async () => {
      await using seen = await sent();
      const calls = await call(it.pods.alpha.namespace, clusterIp(3)[family], 80);
      expect(answering(calls)).toEqual(['gamma']);
      expect(await seen.packets()).toBeGreaterThan(3);
    });

    test('a pod reaches itself by its Service, and sees its node', async () => {
      const [one] = await call(it.pods.alpha.namespace, clusterIp(4)[family], 80);
      expect(one).toMatchObject({ pod: 'alpha' });
      expect(it.ownAddresses()).toContain((one as { seen: string }).seen);
    });

    test('UDP, to any endpoint', async () => {
      const { namespace, address } = it.pods.alpha;
      const options = { protocol: 'udp', count: many } as const;
      const calls = await call(namespace, clusterIp(1)[family], 90, options);
      expect(answering(calls)).toEqual(['beta', 'delta', 'gamma']);
      expect(seenBy(calls)).toEqual([address(family)]);
    });

    test('the host network of a node reaches endpoints on it and elsewhere', async () => {
      const calls = await call(it.one.namespace, clusterIp(1)[family], 80, { count: many });
      expect(answering(calls)).toEqual(['beta', 'delta', 'gamma']);
      expect(it.ownAddresses()).toEqual(expect.arrayContaining(seenBy(calls)));
    });

    test('session affinity keeps the choice', async () => {
      for (const pod of [it.pods.alpha, it.pods.gamma]) {
        const calls = await call(pod.namespace, clusterIp(5)[family], 80, { count: 12 });
        expect(answering(calls)).toHaveLength(1);
        expect(seenBy(calls)).toHaveLength(1);
      }
    });

    test('policy Local inside the cluster: the endpoint of the node', async () => {
      const here = await call(it.pods.alpha.namespace, clusterIp(6)[family], 80, { count: 6 });
      expect(answering(here)).toEqual(['beta']);
      const there = await call(it.pods.delta.namespace, clusterIp(6)[family], 80, { count: 6 });
      expect(answering(there)).toEqual(['gamma']);
    });

    test('a Service without endpoints refuses', async () => {
      const calls = await Promise.all([
        call(it.pods.alpha.namespace, clusterIp(9)[family], 80),
        call(it.lab.vcn.internet, it.publicAddress[family], nodePort.none),
      ]);
      expect(calls).toEqual([['refused'], ['refused']]);
    });

    test('a node port, policy Cluster: any endpoint, which sees the node', async () => {
      for (const [from, to] of [
        [it.lab.vcn.internet, it.publicAddress[family]],
        [it.client.namespace, it.one.primary.address[family]!],
        [it.pods.gamma.namespace, it.one.primary.address[family]!],
        [it.pods.alpha.namespace, it.one.primary.address[family]!],
      ] as const) {
        const calls = await call(from, to, nodePort.any, { count: many });
        expect(answering(calls)).toEqual(['beta', 'delta', 'gamma']);
        expect(it.ownAddresses()).toEqual(expect.arrayContaining(seenBy(calls)));
      }
    });

    test('a node port, policy Local: endpoints of the node, which see the client', async () => {
      const { internet, internetAddress } = it.lab.vcn;
      const calls = await call(internet, it.publicAddress[family], nodePort.local, { count: 12 });
      expect(calls).toEqual(Array(12).fill({ pod: 'beta', seen: internetAddress[family] }));
      const [to, client] = [it.one.primary.address[family]!, it.client.primary.address[family]!];
      const neighbour = await call(it.client.namespace, to, nodePort.local, { count: 12 });
      expect(neighbour).toEqual(Array(12).fill({ pod: 'beta', seen: client }));
    });

    test('a node port by UDP, policy Local', async () => {
      const { internet, internetAddress } = it.lab.vcn;
      const options = { protocol: 'udp', count: 4 } as const;
      const calls = await call(internet, it.publicAddress[family], nodePort.local, options);
      expect(calls).toEqual(Array(4).fill({ pod: 'beta', seen: internetAddress[family] }));
    });

    test('a way narrower than the client says: a long answer comes through a node port', async () => {
      const { internet, internetAddress } = it.lab.vcn;
      await claimWide(internet, family);
      const bytes = await echoed(internet, it.publicAddress[family], nodePort.local, 300_000);
      expect(bytes).toBe(300_000);
      const told = ['route', 'get', internetAddress[family]];
      expect((await it.pods.beta.namespace.exec('ip', told)).stdout).toContain('mtu 1500');
    });

    test('the reply of a pod to a node port leaves by the primary VNIC', async () => {
      const reply = `${header[family]} daddr ${it.client.primary.address[family]} tcp sport ${nodePort.local}`;
      const primary = it.lab.vcn.fabric.traffic;
      const before = await primary(it.one.primary.id);
      await using seen = await it.lab.vcn.fabric.count(reply);
      await call(it.client.namespace, it.one.primary.address[family]!, nodePort.local);
      const after = await primary(it.one.primary.id);
      expect(await seen.packets()).toBeGreaterThan(2);
      expect(after.sent - before.sent).toBeGreaterThanOrEqual(await seen.packets());
    });

    test('a node port, policy Local, called by a pod of another node', async () => {
      const to = it.one.primary.address[family]!;
      const calls = await call(it.pods.gamma.namespace, to, nodePort.local, { count: many });
      expect(answering(calls)).not.toContain('silent');
      expect(calls).toHaveLength(many);
    });

    test('a client that has used a node port is then called by the pod', async () => {
      const [node, client] = [it.one.primary.address[family]!, it.client.primary.address[family]!];
      const calls = await call(it.client.namespace, node, nodePort.local);
      expect(answering(calls)).toEqual(['beta']);
      const { namespace, address } = it.pods.beta;
      const back = await call(namespace, client, 8080, { count: 3 });
      expect(back).toEqual(Array(3).fill({ pod: 'client', seen: address(family) }));
      expect((await ping(namespace, client)).outcome).toBe('reached');
    });
  });

  test('127.0.0.1 has node ports where kube-proxy makes them so', async () => {
    const [one] = await call(it.one.namespace, '127.0.0.1', nodePort.any);
    expect(one).toEqual(
      options.mode === 'iptables' ? expect.objectContaining({ pod: expect.anything() }) : 'refused',
    );
  });

  describe('addresses of others', () => balancerFlows(() => it));
  upkeepFlows(() => it, nodePort.any);
}
