import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { passRichResult } from './previous-result.ts';

export const vendorFieldsKept: PluginCase = {
  id: 'ADD-03/vendor-fields',
  level: 'MAY',
  title: 'A chained plugin passes on what it does not know of prevResult',
  does: 'executes ADD with a prevResult that has a field of a vendor, at the top and in an interface',
  expects: 'both in the result, as they were',
  roles: ['chained'],
  mutants: ['chained-drops-vendor-fields'],
  async run(on) {
    const { got } = await passRichResult(on, ({ interfaces = [] }) => ({
      'vendor.test/top': { kept: [1, 'two'] },
      interfaces: interfaces.map((each) => ({ ...each, 'vendor.test/port': each.name })),
    }));
    const top = JSON.stringify(got['vendor.test/top']);
    const ports = (got.interfaces ?? []).map((each) => each['vendor.test/port']);
    if (top === '{"kept":[1,"two"]}' && ports.filter((each) => each !== undefined).length >= 3)
      return;
    throw new Finding(
      'vendor-fields-lost',
      `of the fields given, the result has at the top ${top}, in interfaces ${JSON.stringify(ports)}`,
    );
  },
};
