import { printJson } from '@vcn-cni/cni-spec';
import type { RuntimeCase } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { Finding } from '../../judge/finding.ts';
import { sameJson } from '../../judge/same-json.ts';
import type { RuntimeHarness } from '../../runtime-harness.ts';
import { chain } from './steps/chain.ts';
import { operate, succeed } from './steps/operate.ts';

/** Adds and deletes with these fields in a plugin, and compares what it got. Throws Finding `field-changed`. */
async function expectPassed(on: RuntimeHarness, fields: JsonObject): Promise<void> {
  const network = await chain(on, { plugins: ['first', 'second'], fields: { second: fields } });
  const attachment = await on.attachment(network);
  const added = await succeed(on, 'add', attachment);
  const { calls: deleted } = await operate(on, 'del', attachment);
  for (const { verb, plugin, config = {} } of [...added, ...deleted]) {
    if (plugin !== 'second') continue;
    for (const [name, value] of Object.entries(fields)) {
      if (sameJson(config[name], value)) continue;
      throw new Finding(
        'field-changed',
        `${name} is ${printJson(value)}, and ${verb} brought ${printJson(config[name]) ?? 'nothing'}`,
      );
    }
  }
}

export const unknownFields: RuntimeCase = {
  id: 'CFG-08/fields',
  title: 'Fields that only the plugin knows reach it unchanged',
  does: 'adds and deletes with a plugin that has fields of its own: nested, empty, null, false, with texts of other scripts',
  expects: 'the same values in ADD and DEL',
  fast: true,
  mutants: ['drops-unknown-fields', 'drops-null-fields', 'del-drops-unknown-fields'],
  run: (on) =>
    expectPassed(on, {
      vendor: {
        nested: [{ a: 1 }, [], {}],
        text: 'ä <&> \u2028 \\ "',
        'key with space': [true, null],
      },
      'vendor.example/nothing': null,
      'vendor.example/false': false,
      'vendor.example/empty': '',
      'vendor.example/number': 1.5,
    }),
};

export const bigIntegers: RuntimeCase = {
  id: 'CFG-08/integers',
  title: 'An integer that a double cannot hold reaches the plugin unchanged',
  does: 'adds and deletes with a plugin that has 12345678901234567890 and 9007199254740993 in a field',
  expects: 'the same numbers in ADD and DEL',
  mutants: ['rounds-integers'],
  run: (on) => expectPassed(on, { serial: [12345678901234567890n, 9007199254740993n] }),
};

export const knownFields: RuntimeCase = {
  id: 'REQ-05',
  title: 'Fields that the specification knows reach the plugin unchanged too',
  does: 'adds and deletes with a plugin that has ipam, dns, ipMasq and args, some of them empty',
  expects: 'the same values in ADD and DEL',
  fast: true,
  mutants: ['drops-empty-fields', 'drops-args-field'],
  run: (on) =>
    expectPassed(on, {
      ipMasq: false,
      ipam: { type: 'host-local', ranges: [[{ subnet: '10.7.0.0/24' }]], routes: [] },
      dns: { nameservers: [], domain: '', search: ['example'], options: ['ndots:2'] },
      args: { cni: { labels: [{ key: 'app', value: 'web' }] } },
      mtu: 0,
    }),
};
