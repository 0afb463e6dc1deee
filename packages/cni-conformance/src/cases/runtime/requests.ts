import type { RuntimeCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { ProbeCall, RuntimeHarness } from '../../runtime-harness.ts';
import { chain } from './steps/chain.ts';
import { operate, succeed } from './steps/operate.ts';

/** All calls of an ADD and a DEL. */
async function whole(
  on: RuntimeHarness,
  network: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly ProbeCall[]> {
  const attachment = await on.attachment(network);
  const added = await succeed(on, 'add', attachment, { environment });
  return [...added, ...(await operate(on, 'del', attachment, { environment })).calls];
}

function expectListKeys(calls: readonly ProbeCall[], version: string, name: string): void {
  for (const { verb, plugin, config } of calls) {
    if (config?.['cniVersion'] !== version)
      throw new Finding(
        'wrong-version',
        `cniVersion of ${verb} for ${plugin} is ${JSON.stringify(config?.['cniVersion'])}, and ${version} in the list`,
      );
    if (config['name'] !== name)
      throw new Finding(
        'wrong-name',
        `name of ${verb} for ${plugin} is ${JSON.stringify(config['name'])}, and ${name} in the list`,
      );
  }
}

export const listKeys: RuntimeCase = {
  id: 'REQ-01/inserted',
  title: 'Every plugin gets name and cniVersion of the list',
  does: 'adds and deletes with a list of three plugins that have neither',
  expects: 'both are in each request',
  fast: true,
  mutants: ['omits-name', 'omits-version', 'del-omits-name'],
  async run(on) {
    expectListKeys(await whole(on, await chain(on)), on.version, 'net');
  },
};

export const listKeysPrevail: RuntimeCase = {
  id: 'REQ-01/prevail',
  title: 'name and cniVersion of the list prevail over those that a plugin has',
  does: 'adds and deletes with a plugin that has another name and another cniVersion',
  expects: 'those of the list are in each request',
  mutants: ['keeps-name-of-plugin', 'keeps-version-of-plugin'],
  async run(on) {
    const fields = { first: { name: 'other', cniVersion: '0.3.0' } };
    const network = await chain(on, { plugins: ['first'], fields });
    expectListKeys(await whole(on, network), on.version, network);
  },
};

const given = { mac: '02:00:00:00:07:07', bandwidth: { ingressRate: 1000, ingressBurst: 1000 } };

export const capabilitiesMatched: RuntimeCase = {
  id: 'REQ-02',
  title: 'runtimeConfig holds what is both declared and provided',
  does: 'adds and deletes with values for mac and bandwidth: one plugin declares mac and ips, one that mac is false, one nothing',
  expects: 'runtimeConfig of the first holds mac alone, in ADD and DEL; the others have none',
  fast: true,
  mutants: [
    'passes-undeclared-capabilities',
    'passes-denied-capability',
    'del-without-runtime-config',
  ],
  async run(on) {
    if (!on.takes.capabilities) throw new Skip('the runtime takes no CAP_ARGS');
    const network = await chain(on, {
      fields: {
        first: { capabilities: { mac: true, ips: true } },
        second: { capabilities: { mac: false } },
      },
    });
    const wanted: Record<string, unknown> = { first: { mac: given.mac } };
    for (const call of await whole(on, network, { CAP_ARGS: JSON.stringify(given) })) {
      const seen = JSON.stringify(call.config?.['runtimeConfig'] ?? {});
      if (seen === JSON.stringify(wanted[call.plugin] ?? {})) continue;
      throw new Finding('wrong-runtime-config', `${call.plugin} got ${seen} by ${call.verb}`);
    }
  },
};

export const capabilitiesStripped: RuntimeCase = {
  id: 'REQ-04',
  title: 'Plugins do not get capabilities',
  does: 'adds and deletes with a plugin that declares some',
  expects: 'no request has the key',
  fast: true,
  mutants: ['keeps-capabilities'],
  async run(on) {
    const fields = { first: { capabilities: { mac: true } } };
    const network = await chain(on, { plugins: ['first'], fields });
    for (const { verb, plugin, config } of await whole(on, network)) {
      if (config && 'capabilities' in config)
        throw new Finding('capabilities-kept', `${verb} brought ${plugin} its capabilities`);
    }
  },
};

export const sameConfiguration: RuntimeCase = {
  id: 'LIF-07/same',
  title: 'DEL brings the configuration that ADD brought',
  does: 'adds a container with fields and a capability, and deletes it',
  expects: 'the requests of both are the same but for prevResult',
  fast: true,
  mutants: ['del-lacks-own-fields'],
  async run(on) {
    const fields = { first: { mtu: 1400, vendor: { a: [1, 2] }, capabilities: { mac: true } } };
    const network = await chain(on, { plugins: ['first'], fields });
    const environment = on.takes.capabilities ? { CAP_ARGS: JSON.stringify(given) } : {};
    const [added, ...rest] = await whole(on, network, environment);
    for (const { verb, config } of rest) expectSame(added?.config, config, verb);
  },
};

export const editedConfiguration: RuntimeCase = {
  id: 'LIF-07/edited',
  level: 'MAY',
  title: 'DEL brings the configuration of ADD even when the list was edited',
  does: 'adds a container, changes a field of the plugin in the list, and deletes the container',
  expects: 'the field has the value of ADD',
  mutants: ['del-reads-edited-list'],
  async run(on) {
    const network = await chain(on, { plugins: ['first'], fields: { first: { mtu: 1400 } } });
    const attachment = await on.attachment(network);
    const [added] = await succeed(on, 'add', attachment);
    await on.network({ name: network, plugins: [{ type: 'first', mtu: 9000 }] });
    for (const { verb, config } of await succeed(on, 'del', attachment))
      expectSame(added?.config, config, verb);
  },
};

function expectSame(added: unknown, later: unknown, verb: string): void {
  const [before, after] = [added, later].map((config) => withoutResult(config));
  if (before !== after)
    throw new Finding('configuration-changed', `ADD brought ${before}, ${verb} brought ${after}`);
}

const withoutResult = (config: unknown): string =>
  JSON.stringify(
    Object.entries(config ?? {})
      .filter(([name]) => name !== 'prevResult')
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
