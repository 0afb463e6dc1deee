import { printJson } from '@vcn-cni/cni-spec';
import { type PluginCase, roles } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectAnswer } from '../../judge/expect-answer.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { configOf } from '../steps/config-of.ts';

const mebibyte = 1024 * 1024;
const depth = 100_000;

/** Inputs that JSON allows, or leaves open, and that few have tried. Each is made of a configuration without its end. */
const kinds: readonly {
  what: string;
  title: string;
  words: string;
  input: (open: string) => string | Uint8Array;
  mutants: readonly string[];
}[] = [
  {
    what: 'large',
    title: 'A configuration of 1 MiB',
    words: 'an unknown field that fills 1 MiB',
    input: (open) => `${open},"padding":"${'x'.repeat(mebibyte - open.length - 14)}"}`,
    mutants: ['large-input-crashes', 'large-input-hangs'],
  },
  {
    what: 'deep',
    title: `A configuration with ${depth} lists in each other`,
    words: `an unknown field with ${depth} lists in each other`,
    input: (open) => `${open},"deep":${'['.repeat(depth)}${']'.repeat(depth)}}`,
    mutants: ['deep-input-crashes'],
  },
  {
    what: 'duplicate-key',
    title: 'A configuration that has a key twice',
    words: 'the same cniVersion twice',
    input: (open) => `${open},${/"cniVersion":"[^"]*"/.exec(open)![0]}}`,
    mutants: ['duplicate-key-crashes'],
  },
  {
    what: 'not-utf8',
    title: 'A configuration with bytes that are no UTF-8',
    words: 'the bytes ff fe 80 as the value of an unknown field',
    input: (open) =>
      Buffer.concat([
        Buffer.from(`${open},"bytes":"`),
        Uint8Array.of(0xff, 0xfe, 0x80),
        Buffer.from('"}'),
      ]),
    mutants: ['not-utf8-crashes'],
  },
];

export const unusualInputs: readonly PluginCase[] = kinds.map(
  ({ what, title, words, input, mutants }) => ({
    id: `EXE-05/${what}`,
    title: `${title} is used or refused, in words`,
    does: `executes ADD with ${words}`,
    expects: 'one result and exit 0, or one error object and another code',
    roles,
    mutants,
    async run(on) {
      const container = await on.container();
      const stdin = input(printJson(configOf(on, container)).slice(0, -1));
      const call = await on.call('ADD', container, { stdin });
      if (expectAnswer(on, call)) {
        await on.call('DEL', container, { config: { prevResult: call.document as JsonObject } });
      }
    },
  }),
);

export const nameNotUtf8: PluginCase = {
  id: 'EXE-05/name-not-utf8',
  title: 'A name with bytes that are no UTF-8 is refused',
  does: 'executes ADD with the bytes ff fe in the name of the network',
  expects: 'an error object',
  roles,
  mutants: ['name-not-utf8-accepted'],
  async run(on) {
    const container = await on.container();
    const mark = 'name-with-bytes';
    const text = printJson({ ...configOf(on, container), name: mark });
    const [before = '', after = ''] = text.split(mark);
    const stdin = Buffer.concat([
      Buffer.from(`${before}net`),
      Uint8Array.of(0xff, 0xfe),
      Buffer.from(after),
    ]);
    expectRefusal(await on.call('ADD', container, { stdin }));
  },
};
