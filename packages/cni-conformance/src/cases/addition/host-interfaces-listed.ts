import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { matches } from '../../judge/matches.ts';
import { attach } from '../steps/attach.ts';
import { observe } from '../steps/observe.ts';
import { readResult } from '../steps/read-result.ts';

export const hostInterfacesListed: PluginCase = {
  id: 'ADD-09',
  title: 'The result lists every interface that ADD made on the host',
  does: 'lists the links of the host, executes ADD, lists them again',
  expects: 'each new link is in the result, without sandbox, or in the hints under hostInterfaces',
  roles: ['interface', 'chained', 'ipam', 'loopback', 'meta'],
  fast: true,
  mutants: ['result-omits-host-link'],
  async run(on) {
    const container = await on.container();
    const before = new Set((await observe(on, 'host')).links.map(({ name }) => name));
    const { interfaces = [] } = readResult(on, await attach(on, container));
    const { links } = await observe(on, 'host');
    const listed = new Set(interfaces.flatMap(({ name, sandbox }) => (sandbox ? [] : [name])));
    const hidden = links
      .map(({ name }) => name)
      .filter((name) => !before.has(name) && !listed.has(name))
      .filter((name) => !on.hints.hostInterfaces.some((each) => matches(each, name)));
    if (hidden.length === 0) return;
    throw new Finding(
      'host-interface-not-listed',
      `ADD made ${hidden.join(', ')} on the host; the result lists ${[...listed].join(', ') || 'none there'}`,
    );
  },
};
