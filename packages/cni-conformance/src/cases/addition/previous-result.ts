import { convertResult, type Result } from '@vcn-cni/cni-spec';
import type { JsonObject } from '../../evidence.ts';
import type { Container, PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { makeLink } from '../steps/make-link.ts';
import { readResult } from '../steps/read-result.ts';

interface Passed {
  readonly container: Container;
  /** What was given, and what came back, in the shape of 1.1.0. */
  readonly given: Result;
  readonly got: Result;
}

/**
 * ADD for a container with a second interface, where `prevResult` lists that too, with more addresses, routes and dns.
 * What it lists is there.
 */
export async function passRichResult(
  on: PluginHarness,
  more: (result: Result) => JsonObject = () => ({}),
): Promise<Passed> {
  const container = await on.container();
  await makeLink(on, container, 'second0', {
    addresses: ['198.18.3.2/24', '198.18.4.2/24'],
    routes: ['198.18.5.0/24 via 198.18.3.1'],
  });
  const base = readResult(on, container.prevResult);
  const given: Result = {
    ...base,
    interfaces: [
      ...base.interfaces!,
      { name: 'second0', mac: '02:dd:00:00:00:01', sandbox: container.netns },
    ],
    ips: [
      ...base.ips!,
      { address: '198.18.3.2/24', gateway: '198.18.3.1', interface: 2 },
      { address: '198.18.4.2/24', interface: 2 },
    ],
    routes: [...base.routes!, { dst: '198.18.5.0/24', gw: '198.18.3.1' }],
    dns: {
      nameservers: ['198.18.0.53', '2001:db8::53'],
      domain: 'conformance.test',
      search: ['a.test', 'b.test'],
      options: ['ndots:3'],
    },
  };
  const rich = { ...given, ...more(given) };
  const prevResult = convertResult(rich, on.version).document;
  const got = readResult(on, await attach(on, container, { config: { prevResult } }));
  return { container, given: readResult(on, prevResult), got };
}
