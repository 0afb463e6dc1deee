import type { PluginCase } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectAnswer } from '../../judge/expect-answer.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { Finding } from '../../judge/finding.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { observe } from '../steps/observe.ts';
import { unchanged } from '../steps/unchanged.ts';

const wrong = ['sixteen-bytes-xx', 'a/b', '.', '..', 'a b', 'a:b', 'a\tb'];

export const wrongInterfaceName: PluginCase = {
  id: 'ENV-02/wrong',
  title: 'A CNI_IFNAME that no interface can have is refused',
  does: `executes ADD with CNI_IFNAME ${wrong.map((name) => JSON.stringify(name)).join(', ')}`,
  expects: 'each is refused, and changes nothing',
  roles: ['interface', 'meta', 'loopback'],
  fast: true,
  mutants: ['ifname-cut', 'ifname-replaced'],
  async run(on) {
    const container = await on.container();
    await unchanged(on, container, async () => {
      for (const name of wrong) {
        expectRefusal(await on.call('ADD', container, { environment: { CNI_IFNAME: name } }));
      }
    });
  },
};

export const longestInterfaceName: PluginCase = {
  id: 'ENV-02/longest',
  title: 'A CNI_IFNAME of 15 bytes, or with a dot, is the name of the interface',
  does: 'executes ADD with CNI_IFNAME fifteen-bytes-x, then in another container with eth0.100',
  expects: 'a link of just that name in the container',
  roles: ['interface', 'meta'],
  mutants: ['ifname-cut-at-14', 'ifname-without-dot'],
  async run(on) {
    for (const ifname of ['fifteen-bytes-x', 'eth0.100']) {
      const container = await on.container({ ifname });
      const result = await attach(on, container);
      await expectLink(on, container, ifname);
      await detach(on, container, result);
    }
  },
};

const unusual = ['eth%d', 'ethé', '-eth', "a'b", 'EtH0'];

export const unusualInterfaceName: PluginCase = {
  id: 'ENV-02/unusual',
  title: 'A CNI_IFNAME that the kernel may take is used as it is, or refused',
  does: `executes ADD with CNI_IFNAME ${unusual.join(', ')}`,
  expects: 'an error object; or a link of just that name in the container',
  roles: ['interface', 'meta'],
  mutants: ['ifname-as-template', 'ifname-lower-case'],
  async run(on) {
    for (const ifname of unusual) {
      const container = await on.container({ ifname });
      const call = await on.call('ADD', container);
      if (!expectAnswer(on, call)) continue;
      await expectLink(on, container, ifname);
      await detach(on, container, call.document as JsonObject);
    }
  },
};

export const onlyLoopback: PluginCase = {
  id: 'ENV-02/only-lo',
  title: 'A plugin that brings up lo refuses any other CNI_IFNAME',
  does: 'executes ADD with CNI_IFNAME eth0',
  expects: 'an error object',
  roles: ['loopback'],
  mutants: ['loopback-ignores-ifname'],
  async run(on) {
    const container = await on.container({ ifname: 'eth0' });
    expectRefusal(await on.call('ADD', container), { key: 'other-name' });
  },
};

async function expectLink(on: PluginHarness, container: Container, ifname: string): Promise<void> {
  const names = (await observe(on, container)).links.map(({ name }) => name);
  if (names.includes(ifname)) return;
  throw new Finding(
    'other-name',
    `ADD succeeded, and there is no ${JSON.stringify(ifname)} in the container: ${names.join(', ')}`,
  );
}
