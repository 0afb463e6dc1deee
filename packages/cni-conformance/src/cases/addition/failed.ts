import type { PluginCase } from '../../case.ts';
import type { JsonObject } from '../../evidence.ts';
import { expectNothingLeft } from '../../judge/expect-nothing-left.ts';
import { expectRefusal } from '../../judge/expect-refusal.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Skip } from '../../judge/skip.ts';
import type { CallChange, Container, PluginHarness } from '../../plugin-harness.ts';
import { failure, fakeIpam } from '../steps/fake-ipam.ts';
import { makeLink } from '../steps/make-link.ts';
import { mustRun } from '../steps/must-run.ts';
import { warmUp } from '../steps/warm-up.ts';

const expects = 'ADD fails, DEL succeeds, and the state is that of before; what was there stays';

export const failedByIpam: PluginCase = {
  id: 'ADD-10/ipam-fails',
  title: 'ADD that fails for its IPAM plugin leaves nothing after DEL',
  does: 'executes ADD with an IPAM plugin that fails, then DEL; compares the state',
  expects,
  roles: ['interface'],
  fast: true,
  mutants: ['add-ignores-ipam-failure', 'add-ipam-failure-leaves-link'],
  async run(on) {
    const { config } = await fakeIpam(on, { ADD: failure(on) });
    await warmUp(on);
    await failAndDelete(on, await on.container(), { config }, 'ipam-failure-accepted');
  },
};

export const failedByRoute: PluginCase = {
  id: 'ADD-10/gateway-not-reachable',
  title: 'ADD with a route that the kernel does not take leaves nothing after DEL',
  does: 'executes ADD with an IPAM plugin that answers with a gateway in nobody’s network, then DEL; compares the state',
  expects: 'whether ADD fails or not, DEL succeeds, and the state is that of before',
  roles: ['interface'],
  mutants: ['add-route-failure-leaves-link'],
  async run(on) {
    const { config } = await fakeIpam(
      on,
      {},
      {
        ips: [{ address: '198.18.7.5/24', gateway: '198.18.7.1' }],
        routes: [{ dst: '198.18.8.0/24', gw: '203.0.113.77' }],
      },
    );
    await tryAndDelete(on, config);
  },
};

export const failedByName: PluginCase = {
  id: 'ADD-10/name-taken',
  title: 'ADD that fails for a name that is taken leaves nothing on the host after DEL',
  does: 'makes a link of that name in the namespace, executes ADD, which fails, then DEL; compares the host',
  expects: 'DEL succeeds; the host is as before: no address is kept, no link is left',
  roles: ['interface'],
  mutants: ['add-name-failure-leaves-reservation'],
  async run(on) {
    await warmUp(on);
    const container = await on.container();
    await makeLink(on, container, container.ifname);
    const before = await on.state();
    const { exitCode } = await on.call('ADD', container);
    if (exitCode === 0) throw new Skip('ADD does not fail (ADD-04)');
    expectSuccess(await on.call('DEL', container), 'del-refused');
    expectNothingLeft(on, before, await on.state());
  },
};

export const failedByPrevious: PluginCase = {
  id: 'ADD-10/interface-absent',
  title: 'A chained ADD that fails for an interface that is not there leaves nothing after DEL',
  does: 'deletes the interface that prevResult lists, executes ADD, then DEL; compares the state',
  expects: 'whether ADD fails or not, DEL succeeds, and the state is that of before',
  roles: ['chained'],
  mutants: ['chained-failure-leaves-rule'],
  async run(on) {
    await warmUp(on);
    const container = await on.container();
    await mustRun(on, container, `ip link delete ${container.ifname}`);
    const before = await on.state(container);
    const call = await on.call('ADD', container);
    if (call.exitCode !== 0) expectRefusal(call);
    const prevResult = call.exitCode === 0 ? call.document : container.prevResult;
    expectSuccess(await on.call('DEL', container, { config: { prevResult } }), 'del-refused');
    expectNothingLeft(on, before, await on.state(container));
  },
};

export const failedByAddress: PluginCase = {
  id: 'ADD-10/no-address',
  title: 'ADD whose IPAM plugin gives no address leaves nothing after DEL',
  does: 'executes ADD with an IPAM plugin that answers with an empty result, then DEL; compares the state',
  expects: 'whether ADD fails or not, DEL succeeds, and the state is that of before',
  roles: ['interface'],
  mutants: ['add-address-failure-leaves-link'],
  async run(on) {
    const { config } = await fakeIpam(on, {
      ADD: { stdout: JSON.stringify({ cniVersion: on.version }) },
    });
    await tryAndDelete(on, config);
  },
};

/** ADD, which may fail, and DEL. */
async function tryAndDelete(on: PluginHarness, config: JsonObject): Promise<void> {
  await warmUp(on);
  const container = await on.container();
  const before = await on.state(container);
  const call = await on.call('ADD', container, { config });
  if (call.exitCode !== 0) expectRefusal(call);
  expectSuccess(await on.call('DEL', container, { config }), 'del-refused');
  expectNothingLeft(on, before, await on.state(container));
}

async function failAndDelete(
  on: PluginHarness,
  container: Container,
  change: CallChange,
  key: string,
): Promise<void> {
  const before = await on.state(container);
  expectRefusal(await on.call('ADD', container, change), { key });
  expectSuccess(await on.call('DEL', container, change), 'del-refused');
  expectNothingLeft(on, before, await on.state(container));
}
