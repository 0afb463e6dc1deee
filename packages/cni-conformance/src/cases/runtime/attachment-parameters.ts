import { isContainerId, isInterfaceName } from '@vcn-cni/cni-spec';
import type { RuntimeCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import { chain } from './steps/chain.ts';
import { expectOrder } from './steps/expect-order.ts';
import { fail, operate, succeed } from './steps/operate.ts';

const names = ['CNI_CONTAINERID', 'CNI_NETNS', 'CNI_IFNAME', 'CNI_ARGS'] as const;

export const parametersSet: RuntimeCase = {
  id: 'ATT-01/set',
  title:
    'ADD brings a container id, an interface name, and the path that plugins are looked for in',
  does: 'adds a container',
  expects:
    'CNI_CONTAINERID and CNI_IFNAME are as the specification allows; CNI_PATH holds the folder of the plugin',
  fast: true,
  mutants: ['empty-container-id', 'empty-ifname', 'add-without-path'],
  async run(on) {
    const calls = await succeed(on, 'add', await on.attachment(await chain(on)));
    for (const { plugin, environment } of calls) {
      const { CNI_CONTAINERID: id = '', CNI_IFNAME: ifname = '' } = environment;
      if (!isContainerId(id)) throw new Finding('bad-id', `${plugin} got the container id "${id}"`);
      if (!isInterfaceName(ifname))
        throw new Finding('bad-ifname', `${plugin} got the interface name "${ifname}"`);
      const path = environment['CNI_PATH'] ?? '';
      if (!(await holds(on, path, plugin)))
        throw new Finding('bad-path', `CNI_PATH is "${path}", and does not lead to ${plugin}`);
    }
  },
};

async function holds(
  on: Parameters<RuntimeCase['run']>[0],
  path: string,
  plugin: string,
): Promise<boolean> {
  const folders = path.split(':').filter((folder) => /^\/[\w./-]*$/.test(folder));
  const line = folders.map((folder) => `[ -e ${folder}/${plugin} ]`).join(' || ') || 'false';
  return (await on.sh(line)).exitCode === 0;
}

export const parametersSame: RuntimeCase = {
  id: 'ATT-01/same',
  title: 'Every plugin gets the same parameters, in ADD and in DEL',
  does: 'adds a container to a list of three with arguments, and deletes it with the same',
  expects:
    'container id, interface and arguments are the same in all calls, and the namespace or nothing',
  fast: true,
  mutants: [
    'ifname-by-plugin',
    'args-for-first-only',
    'del-other-id',
    'del-other-ifname',
    'del-other-netns',
    'del-without-args',
  ],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    const environment = on.takes.args ? { CNI_ARGS: 'IgnoreUnknown=1;CONFORMANCE=yes' } : {};
    const added = await succeed(on, 'add', attachment, { environment });
    const deleted = await succeed(on, 'del', attachment, { environment });
    const [first] = added;
    for (const { verb, plugin, environment: seen } of [...added, ...deleted]) {
      for (const name of names) {
        const value = seen[name] ?? '';
        if (value === (first?.environment[name] ?? '')) continue;
        // The namespace may be gone by then.
        if (name === 'CNI_NETNS' && verb === 'DEL' && value === '') continue;
        throw new Finding(
          'parameter-differs',
          `${name} was "${first?.environment[name]}", and ${verb} brought ${plugin} "${value}"`,
        );
      }
    }
  },
};

export const namesRefused: RuntimeCase = {
  id: 'ATT-01/names',
  title: 'With a container id or an interface name that is not allowed nothing is added',
  does: 'adds a container with the id -x, and one with an interface name of sixteen bytes',
  expects: 'an error each, and no ADD of a plugin',
  mutants: ['accepts-container-id', 'accepts-ifname'],
  async run(on) {
    const network = await chain(on, { plugins: ['first'] });
    const wrong = [
      ...(on.takes.id ? [{ id: '-x' }] : []),
      ...(on.takes.ifname ? [{ ifname: 'e123456789abcdef' }] : []),
    ];
    if (wrong.length === 0) throw new Skip('the runtime chooses both itself');
    for (const each of wrong) {
      const attachment = await on.attachment(network, each);
      const { calls } = await fail(on, 'add', attachment, 'accepted');
      expectOrder(calls, 'ADD', [], 'executed');
    }
  },
};

export const runtimeNamespace: RuntimeCase = {
  id: 'EXE-02',
  title: 'Plugins run in the network namespace of the runtime',
  does: 'adds a container, and deletes it',
  expects: 'every plugin sees the namespace in which the command ran',
  fast: true,
  mutants: ['runs-in-container-namespace'],
  async run(on) {
    const attachment = await on.attachment(await chain(on));
    const { stdout } = await on.sh('readlink /proc/self/ns/net');
    const added = await succeed(on, 'add', attachment);
    const { calls: deleted } = await operate(on, 'del', attachment);
    for (const { verb, plugin, namespace } of [...added, ...deleted]) {
      if (namespace === stdout.trim()) continue;
      throw new Finding(
        'other-namespace',
        `the command ran in ${stdout.trim()}, ${verb} of ${plugin} in ${namespace}`,
      );
    }
  },
};
