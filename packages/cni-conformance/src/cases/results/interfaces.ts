import type { PluginCase, Role } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { observe } from '../steps/observe.ts';
import { readResult } from '../steps/read-result.ts';

const making: readonly Role[] = ['interface', 'meta', 'loopback'];

export const ownInterface: PluginCase = {
  id: 'RES-02/own',
  title: 'The result lists the interface that was asked for, once',
  does: 'executes ADD',
  expects: 'one of interfaces has CNI_IFNAME as name, and CNI_NETNS, letter by letter, as sandbox',
  roles: making,
  fast: true,
  mutants: ['result-without-own-interface', 'result-own-interface-twice', 'sandbox-resolved'],
  async run(on) {
    const container = await on.container();
    const result = await attach(on, container);
    const { interfaces = [] } = readResult(on, result);
    const named = interfaces.filter(({ name, sandbox }) => name === container.ifname && sandbox);
    if (named.length !== 1) {
      throw new Finding(
        named.length === 0 ? 'not-listed' : 'listed-twice',
        `${named.length} interfaces of a container have the name ${container.ifname}: ${JSON.stringify(interfaces)}`,
      );
    }
    if (named[0]!.sandbox !== container.netns) {
      throw new Finding(
        'other-sandbox',
        `sandbox is ${named[0]!.sandbox}, and CNI_NETNS ${container.netns}`,
      );
    }
    await detach(on, container, result);
  },
};

export const hostInterfaces: PluginCase = {
  id: 'RES-02/host',
  title: 'Interfaces without sandbox are of the host',
  does: 'executes ADD, and looks for each interface without sandbox in the host namespace',
  expects: 'a link of that name on the host, with the mac that the result gives',
  roles: making,
  mutants: ['host-interface-not-there', 'host-interface-other-mac'],
  async run(on) {
    const container = await on.container();
    const result = await attach(on, container);
    const { links } = await observe(on, 'host');
    await detach(on, container, result);
    const listed = (readResult(on, result).interfaces ?? []).filter(({ sandbox }) => !sandbox);
    if (listed.length === 0) throw new Skip('the result lists no interface of the host');
    for (const { name, mac } of listed) {
      const link = links.find((each) => each.name === name);
      if (!link) {
        throw new Finding('not-on-host', `${name} has no sandbox, and is not on the host`);
      }
      expectMac(name, mac, link.mac);
    }
  },
};

export const macOfInterface: PluginCase = {
  id: 'RES-02/mac',
  title: 'The result gives the hardware address that the interface has',
  does: 'executes ADD, and reads the address of CNI_IFNAME in the container',
  expects: 'mac of the interface in the result is the same',
  roles: ['interface', 'meta'],
  fast: true,
  mutants: ['mac-missing', 'mac-of-other'],
  async run(on) {
    const container = await on.container();
    const result = await attach(on, container);
    const { links } = await observe(on, container);
    await detach(on, container, result);
    const { mac } =
      readResult(on, result).interfaces?.find(
        ({ name, sandbox }) => name === container.ifname && sandbox,
      ) ?? {};
    const link = links.find(({ name }) => name === container.ifname);
    if (!link) throw new Skip(`there is no ${container.ifname} in the container`);
    // A link without a hardware address, as a tunnel, shows none or that of its endpoint.
    if (!/^(?:[0-9a-f]{2}:){5}[0-9a-f]{2}$/.test(link.mac)) {
      throw new Skip('the interface has no hardware address');
    }
    if (!mac) throw new Finding('no-mac', `mac is missing; the kernel has ${link.mac}`);
    expectMac(container.ifname, mac, link.mac);
  },
};

function expectMac(name: string, mac: string | undefined, kernel: string): void {
  if (!mac || mac.toLowerCase() === kernel.toLowerCase()) return;
  throw new Finding('other-mac', `mac of ${name} is ${mac}, and in the kernel ${kernel}`);
}
