import { iptables } from '@vcn-cni/iptables/driver';
import { nft } from '@vcn-cni/nftables/driver';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  chainOwner,
  needsForwardAccept,
  planFilter,
  planForwardAccept,
} from '../src/filter/index.ts';
import { at } from './filter-addressing.ts';
import { createLab, type Lab, settings } from './filter-lab.ts';

/** As docker leaves FORWARD: all that no rule of its own accepts is dropped. */
describe('FORWARD with policy DROP', () => {
  let lab: Lab;
  const inside = () => ['nsenter', `--net=${lab.host.namespace.path}`];
  const driver = (family: 'inet' | 'inet6') =>
    iptables({ family, backend: 'auto', owner: chainOwner, exec: inside() });

  beforeAll(async () => {
    lab = await createLab('primary and secondary');
    await nft({ exec: inside() }).apply(planFilter(lab.node, settings).nftables);
    for (const family of ['inet', 'inet6'] as const) {
      await lab.podA.serve('udp', at[family].podA, 8080);
      await lab.podB.serve('udp', at[family].podB, 9000);
      await lab.fabric.serve('udp', at[family].remotePod, 8080);
    }
    for (const program of ['iptables', 'ip6tables']) {
      await lab.host.namespace.exec(program, ['-P', 'FORWARD', 'DROP']);
      await lab.host.namespace.exec(program, ['-A', 'FORWARD', '-i', 'docker0', '-j', 'ACCEPT']);
    }
  });
  afterAll(() => lab.close());

  it.each(['inet', 'inet6'] as const)('is opened to %s pods, and to them alone', async (family) => {
    const a = at[family];
    const flows = async () => [
      await lab.podA.ask(a.podA, a.podB, 9000, 'pod'),
      await lab.podA.ask(a.podA, a.remotePod, 8080, 'out'),
      await lab.fabric.ask(a.outside, a.primary, 30080, 'node port'),
      await lab.fabric.ask(a.outside, a.primary, 30081, 'node port, sent on'),
    ];
    expect(await flows()).toEqual([0, 0, 0, 0]);
    expect(needsForwardAccept(await driver(family).read()).needed).toBe(true);
    await driver(family).apply(planForwardAccept(settings));
    expect(await flows()).toEqual([1, 1, 1, 1]);
  });

  it('lets whoever comes later decide first, once it is last again', async () => {
    const a = at.inet;
    const { namespace } = lab.host;
    const refuse = ['-A', 'FORWARD', '-i', 'ocipoda', '-o', 'ocipodb', '-j', 'DROP'];
    await namespace.exec('iptables', refuse);
    expect(await lab.podA.ask(a.podA, a.podB, 9000, 'passes by the policy')).toBe(1);
    await driver('inet').apply(planForwardAccept(settings));
    expect(await lab.podA.ask(a.podA, a.podB, 9000, 'refused')).toBe(0);
    expect(await lab.podA.ask(a.podA, a.remotePod, 8080, 'allowed')).toBe(1);
    const rules = (await namespace.exec('iptables', ['-S', 'FORWARD'])).stdout.trim().split('\n');
    expect(rules.at(-1)).toBe('-A FORWARD -j VCN-CNI-FORWARD');
  });
});
