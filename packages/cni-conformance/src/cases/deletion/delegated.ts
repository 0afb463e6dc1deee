import type { PluginCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import type { CallChange, Container, PluginHarness } from '../../plugin-harness.ts';
import { attach } from '../steps/attach.ts';
import { deleteNamespace } from '../steps/delete-namespace.ts';
import { detach } from '../steps/detach.ts';
import { fakeIpam } from '../steps/fake-ipam.ts';
import { mustRun } from '../steps/must-run.ts';

interface Way {
  readonly name: string;
  readonly words: string;
  readonly before: (on: PluginHarness, container: Container) => Promise<unknown>;
  readonly change?: CallChange;
}

const ways: readonly Way[] = [
  {
    name: 'without-namespace',
    words: 'the namespace is gone and CNI_NETNS not set',
    before: deleteNamespace,
    change: { environment: { CNI_NETNS: undefined } },
  },
  {
    name: 'without-interface',
    words: 'the interface of the container is gone',
    before: (on, container) => mustRun(on, container, `ip link delete ${container.ifname}`),
  },
];

export const delegatedAnyway: readonly PluginCase[] = ways.map(
  ({ name, words, before, change = {} }): PluginCase => ({
    id: `DEL-07/${name}`,
    title: `DEL is delegated where ${words}`,
    does: `executes ADD with a recording IPAM plugin; then ${words}; executes DEL`,
    expects: 'the IPAM plugin is executed with DEL, for that container and interface',
    roles: ['interface'],
    mutants: [`del-${name}-skips-delegate`],
    async run(on) {
      const { ipam, config } = await fakeIpam(on);
      const container = await on.container();
      const result = await attach(on, container, { config });
      await before(on, container);
      await detach(on, container, result, { ...change, config });
      const calls = (await ipam.calls()).filter(({ verb }) => verb === 'DEL');
      const own = calls.some(
        ({ environment }) =>
          environment['CNI_CONTAINERID'] === container.id &&
          environment['CNI_IFNAME'] === container.ifname,
      );
      if (!own)
        throw new Finding(
          'del-not-delegated',
          `of ${calls.length} DELs of the IPAM plugin none is for it`,
        );
    },
  }),
);
