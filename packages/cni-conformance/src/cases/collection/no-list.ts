import { releasedAttachmentsKey, validAttachmentsKey } from '@vcn-cni/cni-spec';
import type { PluginCase } from '../../case.ts';
import { expectSameState } from '../../judge/expect-same-state.ts';
import { attach } from '../steps/attach.ts';
import { collect } from '../steps/collect.ts';

/** The specification is silent; whoever knows no list must not cut off all containers. */
export const noList: readonly PluginCase[] = (['absent', 'null'] as const).map(
  (way): PluginCase => ({
    id: `GC-08/${way}`,
    title: `GC whose list is ${way} touches no container that is alive`,
    does: `executes ADD, and GC where the list of valid attachments is ${way}; compares host and container`,
    expects: 'however GC ends, the same state',
    roles: ['interface', 'chained', 'ipam', 'meta'],
    mutants: [`gc-takes-${way}-for-empty`],
    async run(on) {
      const container = await on.container();
      await attach(on, container);
      const before = await on.state(container);
      const absent = { [validAttachmentsKey]: undefined, [releasedAttachmentsKey]: undefined };
      await collect(on, null, way === 'absent' ? { config: absent } : {});
      expectSameState(on, before, await on.state(container), 'alive-changed');
    },
  }),
);
