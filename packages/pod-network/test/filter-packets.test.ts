import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planFilter } from '../src/filter/index.ts';
import { at, type Topology } from './filter-addressing.ts';
import { usableForms } from './filter-forms.ts';
import { createLab, type Lab, settings } from './filter-lab.ts';

const topologies: Topology[] = ['primary and secondary', 'primary only'];
const families = ['inet', 'inet6'] as const;
const forms = usableForms();

describe.each(topologies)('a node with %s', (topology) => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await createLab(topology);
    for (const family of families) {
      const a = at[family];
      for (const port of [53, 80, 123]) await lab.fabric.serve('udp', a.metadata, port);
      for (const port of [53, 80]) await lab.fabric.serve('tcp', a.metadata, port);
      for (const to of [a.outside, a.excluded, a.remotePod])
        await lab.fabric.serve('udp', to, 8080);
      await lab.podA.serve('udp', a.podA, 8080);
      await lab.podB.serve('udp', a.podB, 9000);
      await lab.host.serve('udp', a.primary, 9000);
      await lab.host.serve('udp', a.nodeLocal, 53);
    }
    await lab.host.serve('udp', '127.0.0.1', 9000);
  });
  afterAll(() => lab.close());

  // Each of these must be seen to fail without the rules, or it proves nothing with them.
  describe('without the filter', () => {
    it.each(families)('delivers spoofed %s and lets pods reach the metadata service', async (f) => {
      const a = at[f];
      expect(await spoof(a.foreign, a.podB, f)).toBe('delivered');
      expect(await lab.podA.ask(a.podA, a.metadata, 80, 'credentials')).toBe(1);
      expect(await lab.podA.ask(a.podA, a.service, 8081, 'by a service')).toBe(1);
    });

    it("delivers to the node's localhost", async () => {
      expect(await localhost()).toBe('delivered');
    });

    it.each(families)('loses %s to an endpoint of another node', async (f) => {
      expect(await lab.fabric.ask(at[f].outside, at[f].primary, 30081, 'lost')).toBe(0);
    });

    // With one VNIC every reply leaves by it.
    const echoed = topology === 'primary and secondary' ? 0 : 1;
    it.each(families)(`echoes ${echoed} of 1 by a %s NodePort`, async (f) => {
      expect(await lab.fabric.ask(at[f].outside, at[f].primary, 30080, 'reply')).toBe(echoed);
    });
  });

  describe.each(forms)('filtered by $name', (form) => {
    const plan = () => planFilter(lab.node, settings);
    beforeAll(() => form.apply(lab.host, plan()));
    afterAll(() => form.remove(lab.host, plan()));
    suite(() => {});
  });

  describe.each(forms)('with translation, by $name', (form) => {
    // The iptables form wants the services' addresses among the excluded.
    const exclude = ['198.51.100.0/24', '2001:db8:1::/48', at.inet.service, at.inet6.service];
    const plan = () => planFilter(lab.node, { ...settings, snat: { exclude } });
    beforeAll(() => form.apply(lab.host, plan()));
    afterAll(() => form.remove(lab.host, plan()));
    suite(() => {
      it.each(families)('translates %s to the primary address beyond the VCN', async (f) => {
        const a = at[f];
        const text = fresh();
        expect(await lab.podA.ask(a.podA, a.outside, 8080, text, `${text}+`)).toBe(2);
        const from = (await lab.fabric.seen(a.outside, 8080)).filter((s) =>
          s.text.startsWith(text),
        );
        expect(from.map((s) => s.from)).toEqual([a.primary, a.primary]);
      });

      it.each(families)('leaves excluded %s networks and the VCN alone', async (f) => {
        const a = at[f];
        for (const to of [a.excluded, a.remotePod]) {
          const text = fresh();
          expect(await lab.podA.ask(a.podA, to, 8080, text)).toBe(1);
          expect(await lab.fabric.seen(to, 8080)).toContainEqual({ from: a.podA, text });
        }
      });

      it.each(families)('leaves a %s service with an endpoint in the VCN alone', async (f) => {
        const a = at[f];
        const text = fresh();
        expect(await lab.podA.ask(a.podA, a.service, 8080, text)).toBe(1);
        expect(await lab.fabric.seen(a.remotePod, 8080)).toContainEqual({ from: a.podA, text });
      });
    });
  });

  function suite(more: () => void): void {
    it.each(families)('drops spoofed %s sources to a pod, the node and beyond', async (f) => {
      const a = at[f];
      for (const to of [a.podB, a.primary]) {
        expect(await spoof(a.foreign, to, f), to).toBe('dropped');
      }
      const text = fresh();
      await lab.podA.send(a.foreign, a.remotePod, 8080, text);
      expect(await lab.podA.ask(a.podA, a.remotePod, 8080, `${text}+`)).toBe(1);
      expect(texts(await lab.fabric.seen(a.remotePod, 8080))).not.toContain(text);
    });

    it("drops what is for the node's localhost", async () => {
      expect(await localhost()).toBe('dropped');
    });

    it.each(families)('lets %s pods talk to pods, the node, other nodes', async (f) => {
      const a = at[f];
      expect(await lab.podA.ask(a.podA, a.podB, 9000, 'pod')).toBe(1);
      expect(await lab.podA.ask(a.podA, a.primary, 9000, 'node')).toBe(1);
      expect(await lab.host.ask(a.primary, a.podA, 8080, 'from the node')).toBe(1);
      expect(await lab.fabric.ask(a.remotePod, a.podA, 8080, 'from another node')).toBe(1);
    });

    it.each(families)('leaves %s pods only names and time of the metadata service', async (f) => {
      const a = at[f];
      const text = fresh();
      await lab.podA.send(a.podA, a.metadata, 80, text);
      if (f === 'inet6') await lab.podA.send(a.podA, a.metadata, 123, text);
      await lab.podA.connect(a.metadata, 80, false);
      expect(await lab.podA.connect(a.metadata, 53)).toBe('connected');
      expect(await lab.podA.ask(a.podA, a.metadata, 53, text)).toBe(1);
      if (f === 'inet') expect(await lab.podA.ask(a.podA, a.metadata, 123, text)).toBe(1);
      else expect(texts(await lab.fabric.seen(a.metadata, 123))).not.toContain(text);
      expect(texts(await lab.fabric.seen(a.metadata, 80))).not.toContain(text);
      expect(await lab.fabric.seen(a.metadata, 80, 'tcp')).toEqual([]);
    });

    it.each(families)('guards %s metadata behind a service too', async (f) => {
      const a = at[f];
      const text = fresh();
      await lab.podA.send(a.podA, a.service, 8081, text);
      expect(await lab.podA.ask(a.podA, a.metadata, 53, text)).toBe(1);
      expect(texts(await lab.fabric.seen(a.metadata, 80))).not.toContain(text);
    });

    it.each(families)("lets %s pods reach the node's own resolver", async (f) => {
      expect(await lab.podA.ask(at[f].podA, at[f].nodeLocal, 53, 'name')).toBe(1);
    });

    it.each(families)('brings the reply of a %s NodePort back by the primary', async (f) => {
      const a = at[f];
      const text = fresh();
      expect(await lab.fabric.ask(a.outside, a.primary, 30080, text, `${text}+`)).toBe(2);
      // The client's own address reached the pod.
      expect(await lab.podA.seen(a.podA, 8080)).toContainEqual({ from: a.outside, text });
    });

    it.each(families)('masquerades what a %s NodePort sends on to another node', async (f) => {
      const a = at[f];
      const text = fresh();
      expect(await lab.fabric.ask(a.outside, a.primary, 30081, text, `${text}+`)).toBe(2);
      expect(await lab.fabric.seen(a.remotePod, 8080)).toContainEqual({ from: a.primary, text });
    });
    more();
  }

  /** A datagram with another's source, then one of the pod's own: when the second is echoed, the first is decided. */
  async function spoof(from: string, to: string, f: 'inet' | 'inet6'): Promise<string> {
    const target = to === at[f].podB ? lab.podB : lab.host;
    const text = fresh();
    await lab.podA.send(from, to, 9000, text);
    expect(await lab.podA.ask(at[f].podA, to, 9000, `${text}+`)).toBe(1);
    return texts(await target.seen(to, 9000)).includes(text) ? 'delivered' : 'dropped';
  }

  async function localhost(): Promise<string> {
    const text = fresh();
    await lab.podA.send(at.inet.podA, '127.0.0.1', 9000, text);
    expect(await lab.podA.ask(at.inet.podA, at.inet.primary, 9000, text)).toBe(1);
    return texts(await lab.host.seen('127.0.0.1', 9000)).includes(text) ? 'delivered' : 'dropped';
  }
});

const texts = (seen: { text: string }[]) => seen.map(({ text }) => text);

let count = 0;
const fresh = () => `message ${++count}.`;
