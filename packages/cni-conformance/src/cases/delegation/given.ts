import { parseJson, printJson } from '@vcn-cni/cni-spec';
import type { PluginCase } from '../../case.ts';
import type { DelegateCall } from '../../delegate.ts';
import { Finding } from '../../judge/finding.ts';
import { sameJson } from '../../judge/same-json.ts';
import type { CallChange, PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { fakeIpam } from '../steps/fake-ipam.ts';

export const environmentGiven: PluginCase = {
  id: 'DLG-01/own',
  title: 'A delegate gets every CNI variable as its caller got it',
  does: 'executes ADD with a recording IPAM plugin, and CNI_ARGS',
  expects:
    'the IPAM plugin got CNI_COMMAND, CNI_CONTAINERID, CNI_NETNS, CNI_IFNAME, CNI_ARGS and CNI_PATH, with the same values',
  roles: ['interface'],
  fast: true,
  mutants: ['delegate-without-args', 'delegate-other-interface-name'],
  async run(on) {
    const args = 'IgnoreUnknown=1;K8S_POD_NAMESPACE=conformance';
    const { call, sent } = await delegatedAdd(on, { environment: { CNI_ARGS: args } });
    expectSame(call, { ...sent, CNI_ARGS: args });
  },
};

export const strangersGiven: PluginCase = {
  id: 'DLG-01/others',
  title: 'A delegate gets the variables that its caller knows nothing of',
  does: 'executes ADD with a recording IPAM plugin, and a variable of nobody’s',
  expects: 'the IPAM plugin got it, with the same value',
  roles: ['interface'],
  fast: true,
  mutants: ['delegate-without-other-variables'],
  async run(on) {
    const environment = { CONFORMANCE_MARK: 'a b=c;d' };
    const { call } = await delegatedAdd(on, { environment });
    expectSame(call, environment);
  },
};

export const configGiven: PluginCase = {
  id: 'DLG-02',
  title: 'A delegate gets the whole configuration, unchanged',
  does: 'executes ADD with a recording IPAM plugin and a configuration with more fields: nested, of vendors, and integers that no double holds',
  expects: 'the IPAM plugin got the same document: every field, every value',
  roles: ['interface'],
  fast: true,
  mutants: ['delegate-gets-ipam-section-only', 'delegate-gets-rounded-integers'],
  async run(on) {
    const extra =
      '{"nested":{"list":[1,{"deep":null}],"text":"\\u00e4"},"big":12345678901234567890}';
    const { config } = await fakeIpam(on);
    const sent = { ...on.config, ...config, 'vendor.test/extra': parseJson(extra) };
    const { call } = await delegatedAdd(on, { stdin: printJson(sent) });
    const wanted = printJson(sent);
    if (sameJson(parseJson(call.stdin), parseJson(wanted))) return;
    throw new Finding('config-changed', `sent ${wanted}; the IPAM plugin got ${call.stdin}`);
  },
};

/** The one ADD of the IPAM plugin, in an ADD of its caller, and what of the attachment the caller was given. */
export async function delegatedAdd(
  on: PluginHarness,
  change: CallChange,
): Promise<{ call: DelegateCall; sent: Readonly<Record<string, string>> }> {
  const { ipam, config } = await fakeIpam(on);
  const container = await on.container();
  await attach(on, container, { ...change, config });
  const call = (await ipam.calls()).find(({ verb }) => verb === 'ADD');
  await on.call('DEL', container, { config });
  if (!call) throw new Finding('add-not-delegated', 'the IPAM plugin saw no ADD');
  const { id, netns, ifname } = container;
  return {
    call,
    sent: {
      ...{ CNI_COMMAND: 'ADD', CNI_CONTAINERID: id, CNI_NETNS: netns, CNI_IFNAME: ifname },
      CNI_PATH: call.environment['CNI_PATH'] ?? 'what the caller got',
    },
  };
}

function expectSame({ environment }: DelegateCall, wanted: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (environment[name] !== value) {
      throw new Finding(
        'variable-changed',
        `${name} was ${JSON.stringify(value)}; the IPAM plugin got ${JSON.stringify(environment[name])}`,
      );
    }
  }
}
