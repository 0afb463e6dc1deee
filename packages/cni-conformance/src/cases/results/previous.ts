import type { PluginCase } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { Finding } from '../../judge/finding.ts';
import { sameJson } from '../../judge/same-json.ts';
import type { PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { detach } from '../steps/detach.ts';
import { readResult } from '../steps/read-result.ts';

const dns = { nameservers: ['198.18.7.53'], domain: 'conformance.example', search: ['a.example'] };

/** What makes an entry of a list the same one, whatever else a plugin changed of it. */
const marks = {
  interfaces: ['name', 'sandbox'],
  ips: ['address', 'gateway'],
  routes: ['dst', 'gw'],
} as const;

export const previousKept: PluginCase = {
  id: 'RES-06/kept',
  title: 'What was in prevResult is in the result',
  does: 'executes ADD with a prevResult of two interfaces, an address of each family, two routes, and dns',
  expects:
    'each interface (by name and sandbox), address, route and all of dns is in the result; the order of interfaces too, since ips refer to it',
  roles: ['chained'],
  fast: true,
  mutants: [
    'loses-previous-interfaces',
    'loses-previous-ips',
    'loses-previous-routes',
    'loses-previous-dns',
    'reorders-previous-interfaces',
  ],
  async run(on) {
    const { before, after } = await passed(on, { dns });
    const [wanted, given] = [readResult(on, before), readResult(on, after)];
    for (const list of ['interfaces', 'ips', 'routes'] as const) {
      const now = (given[list] ?? []).map((each) => marked(each, marks[list]));
      for (const [index, each] of (wanted[list] ?? []).entries()) {
        const mark = marked(each, marks[list]);
        const found = list === 'interfaces' ? now[index] === mark : now.includes(mark);
        if (!found) {
          throw new Finding(
            `${list}-lost`,
            `${JSON.stringify(each)} is not in its place in ${list}: ${JSON.stringify(given[list] ?? [])}`,
          );
        }
      }
    }
    if (!sameJson(given.dns, dns)) {
      throw new Finding('dns-lost', `dns of the result is ${JSON.stringify(given.dns ?? {})}`);
    }
  },
};

const vendors = { 'conformance.example/mark': { kept: [1, 'two'] } };

export const vendorsKept: PluginCase = {
  id: 'RES-06/vendors',
  level: 'SHOULD',
  title: 'Fields of prevResult that the specification does not know are in the result too',
  does: 'executes ADD with a prevResult that has a field conformance.example/mark',
  expects: 'the result has it, unchanged',
  roles: ['chained'],
  mutants: ['loses-vendor-fields'],
  async run(on) {
    const { after } = await passed(on, vendors);
    for (const [key, value] of Object.entries(vendors)) {
      if (sameJson(after[key], value)) continue;
      throw new Finding('field-lost', `${key} became ${JSON.stringify(after[key])}`);
    }
  },
};

async function passed(
  on: PluginHarness,
  more: JsonObject,
): Promise<{ before: JsonObject; after: JsonObject }> {
  const container = await on.container();
  const before = { cniVersion: on.version, ...container.prevResult, ...more };
  const after = await attach(on, container, { config: { prevResult: before } });
  await detach(on, container, after);
  return { before, after };
}

const marked = (each: JsonObject, names: readonly string[]): string =>
  JSON.stringify(names.map((name) => each[name] ?? ''));
