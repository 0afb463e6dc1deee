import type { PluginCase } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { Finding } from '../../judge/finding.ts';
import { sameJson } from '../../judge/same-json.ts';
import { Skip } from '../../judge/skip.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';

const dns = {
  nameservers: ['10.99.0.53', 'fd99::53'],
  domain: 'conformance.example',
  search: ['a.example', 'b.example'],
  options: ['ndots:2'],
};

export const dnsOfConfig: PluginCase = {
  id: 'CFG-11/dns',
  title: 'dns of the configuration comes back whole in the result',
  does: 'executes ADD with nameservers, domain, search and options under dns',
  expects: 'dns of the result is the same; a plugin that does not use the key has none of it',
  roles: ['interface', 'meta'],
  fast: true,
  mutants: ['dns-loses-a-part', 'dns-reorders'],
  async run(on) {
    const container = await on.container();
    const result = await attach(on, container, { config: { dns } });
    await detach(on, container, result, { config: { dns } });
    const given = (result['dns'] ?? {}) as JsonObject;
    if (Object.keys(given).length === 0) throw new Skip('the plugin does not use dns');
    if (!sameJson(given, dns)) {
      throw new Finding('dns-changed', `dns of the result is ${JSON.stringify(given)}`);
    }
  },
};
