import { type PluginCase, roles } from '../../case.ts';
import { expectAnswer } from '../../judge/expect-answer.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { Skip } from '../../judge/skip.ts';

/** The plugins that have to open CNI_NETNS. */
const entering: readonly string[] = ['interface', 'loopback', 'meta'];

export const noNamespace: PluginCase = {
  id: 'EXE-04/no-namespace',
  title: 'ADD for a path that is no network namespace fails in words',
  does: 'executes ADD with CNI_NETNS that does not exist, is an empty file, and is a folder',
  expects:
    'one error object each time; a plugin that does not enter the namespace may succeed with one result',
  roles,
  mutants: ['no-namespace-accepted', 'no-namespace-panics'],
  async run(on) {
    await on.sh('host', 'touch /run/cni-conformance-file && mkdir -p /run/cni-conformance-folder');
    for (const path of ['nothing', 'file', 'folder']) {
      const container = await on.container();
      const environment = { CNI_NETNS: `/run/cni-conformance-${path}` };
      const call = await on.call('ADD', container, { environment });
      if (entering.includes(on.role)) expectRefusal(call);
      else if (expectAnswer(on, call)) await on.call('DEL', container, { environment });
    }
  },
};

export const hostNamespace: PluginCase = {
  id: 'EXE-04/host-namespace',
  title: "ADD for the host's own namespace is answered with one document",
  does: 'executes ADD with the namespace of the host as CNI_NETNS',
  expects: 'one result and exit 0, or one error object and another code: not both',
  roles,
  mutants: ['host-namespace-result-and-error'],
  async run(on) {
    if (!on.isolated) throw new Skip('the host is no sandbox: it is not put at risk');
    const container = await on.container();
    const environment = { CNI_NETNS: '/proc/1/ns/net' };
    expectAnswer(on, await on.call('ADD', container, { environment }));
  },
};
