import { releasedAttachmentsKey, validAttachmentsKey } from '@vcn-cni/cni-spec';
import type { PluginCase } from '../../case.ts';
import { expectNothingLeft } from '../../judge/expect-nothing-left.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { attach } from '../steps/attach.ts';
import { check } from '../steps/check.ts';
import { collect } from '../steps/collect.ts';
import { deleteNamespace } from '../steps/delete-namespace.ts';
import { several } from '../steps/several.ts';

const keys = [
  { name: 'key-of-text', key: validAttachmentsKey, other: releasedAttachmentsKey, level: 'SHOULD' },
  { name: 'key-of-release', key: releasedAttachmentsKey, other: validAttachmentsKey, level: 'MAY' },
] as const;

/** The key has one name in the text and had another when 1.1.0 was released. */
export const listUnderKey: readonly PluginCase[] = keys.map(
  ({ name, key, other, level }): PluginCase => ({
    id: `GC-01/${name}`,
    level,
    title: `GC finds its list under ${key} alone`,
    does: `executes ADD for two containers, deletes the namespace of the second, and executes GC with the first under ${key}, and no other key; compares the host`,
    expects: 'nothing of the second is left, and CHECK of the first succeeds',
    roles: ['interface', 'chained', 'ipam', 'meta'],
    mutants: [`gc-ignores-${name}`],
    async run(on) {
      several(on, 2);
      const valid = await on.container();
      const result = await attach(on, valid);
      const before = await on.state();
      const stale = await on.container();
      await attach(on, stale);
      await deleteNamespace(on, stale);
      expectSuccess(await collect(on, [valid], { config: { [other]: undefined } }), 'gc-refused');
      expectNothingLeft(on, before, await on.state(), 'stale-left');
      expectSuccess(await check(on, valid, result), 'valid-broken');
    },
  }),
);
