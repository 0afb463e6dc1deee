import { type PluginCase, roles } from '../../case.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Skip } from '../../judge/skip.ts';
import { attach } from '../steps/attach.ts';

export const withoutPath: PluginCase = {
  id: 'ENV-04/without-path',
  title: 'A plugin that delegates to nobody needs no CNI_PATH',
  does: 'executes ADD and DEL with CNI_PATH unset',
  expects: 'both exit 0',
  roles: ['interface', 'chained', 'ipam', 'loopback'],
  mutants: ['path-required'],
  async run(on) {
    if (on.role !== 'ipam' && on.config['ipam'] !== undefined) {
      throw new Skip('the configuration has ipam: the plugin looks in CNI_PATH for it');
    }
    const environment = { CNI_PATH: undefined };
    const container = await on.container();
    const added = await on.call('ADD', container, { environment });
    expectSuccess(added, 'path-required');
    const change = { environment, config: { prevResult: added.document } };
    expectSuccess(await on.call('DEL', container, change), 'path-required');
  },
};

export const deletedWithoutNamespace: readonly PluginCase[] = [
  { what: 'unset', value: undefined },
  { what: 'empty', value: '' },
].map(({ what, value }) => ({
  id: `ENV-05/${what}`,
  title: `DEL succeeds with CNI_NETNS ${what}`,
  does: `executes ADD, then DEL with CNI_NETNS ${what}`,
  expects: 'both exit 0',
  roles,
  ...(what === 'empty' && { fast: true }),
  mutants: [`del-refuses-netns-${what}`],
  async run(on) {
    const container = await on.container();
    const prevResult = await attach(on, container);
    const change = { environment: { CNI_NETNS: value }, config: { prevResult } };
    expectSuccess(await on.call('DEL', container, change));
  },
}));

const ofKubernetes = [
  ['IgnoreUnknown', '1'],
  ['K8S_POD_NAMESPACE', 'conformance'],
  ['K8S_POD_NAME', 'pod-0'],
  ['K8S_POD_INFRA_CONTAINER_ID', '0123456789ab'],
  ['K8S_POD_UID', '6f0e3a1c-0000-4000-8000-000000000001'],
]
  .map((pair) => pair.join('='))
  .join(';');

export const argsOfKubernetes: PluginCase = {
  id: 'ENV-06/kubernetes',
  title: 'CNI_ARGS as Kubernetes sends it is no obstacle',
  does: `executes ADD and DEL with CNI_ARGS ${ofKubernetes}`,
  expects: 'both exit 0',
  roles,
  fast: true,
  mutants: ['refuses-kubernetes-args'],
  async run(on) {
    const environment = { CNI_ARGS: ofKubernetes };
    const container = await on.container();
    const prevResult = await attach(on, container, { environment });
    const change = { environment, config: { prevResult } };
    expectSuccess(await on.call('DEL', container, change));
  },
};
