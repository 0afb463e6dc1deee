import { readdirSync, readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCniArgs, parseConflist } from '@vcn-cni/cni-spec';
import { expect, it } from 'vitest';
import type { Attachment, Runtime } from '../src/index.ts';
import { createRuntime } from '../src/index.ts';
import { createProbe } from './probe.ts';

interface Recorded {
  plugin: string;
  env: Record<string, string>;
  stdin: string;
  stdout: string;
}

/** Where ours and the recorded runtimes differ, each with its reason. */
const differences = [
  {
    field: 'stdin.capabilities',
    runtimes: /./,
    reason: 'SPEC section 3: capabilities must not be in a request; libcni leaves them in',
  },
  {
    field: 'GC',
    runtimes: /^crio/,
    reason: 'null is no list: ours asks no plugin, since one could take it for an empty list',
  },
  {
    field: 'stdin.cniVersion of VERSION',
    runtimes: /^podman/,
    reason: 'the latest version that the runtime knows: podman 4.3 has 1.0.0, ours 1.1.0',
  },
];

const folder = new URL('../../cni-spec/fixtures/recorded/', import.meta.url);
const recordings = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .map((name): [string, Recorded[]] => [
    name,
    readFileSync(new URL(name, folder), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line)),
  ]);

it.each(recordings)('sends what %s sent', async (name, recorded) => {
  await using probe = await createProbe();
  for (const { plugin, env, stdout } of recorded) {
    const answers = join(probe.folder, `${plugin}.${env['CNI_COMMAND']}`);
    await writeFile(answers, stdout);
    await probe.plugin(plugin, `cat ${probe.folder}/${plugin}.$CNI_COMMAND`);
  }
  const runtime = createRuntime({
    path: [probe.folder],
    cacheDirectory: join(probe.folder, 'cache'),
    environment: { PATH: process.env['PATH'] },
  });
  const list = listOf(recorded);
  // Every operation of a recording is one call of each of its two plugins.
  for (let index = 0; index < recorded.length; index += 2) {
    await operate(runtime, list, recorded.slice(index, index + 2));
  }

  const used = new Set<string>();
  const differs = (field: string) => {
    const known = differences.some((one) => one.field === field && one.runtimes.test(name));
    if (known) used.add(field);
    return known;
  };
  const expected = recorded.filter(({ env }) => !(env['CNI_COMMAND'] === 'GC' && differs('GC')));
  const sent = await probe.calls();
  expect(sent).toHaveLength(expected.length);
  for (const [index, { plugin, env, stdin }] of expected.entries()) {
    const call = sent[index];
    const at = `${index} ${env['CNI_COMMAND']} ${plugin}`;
    const ours = Object.entries(call?.environment ?? {}).filter(([key]) => key.startsWith('CNI_'));
    const path = env['CNI_PATH'] === 'dummy' ? 'dummy' : probe.folder;
    expect(call?.type, at).toBe(plugin);
    expect(Object.fromEntries(ours), at).toEqual({ ...env, CNI_PATH: path });
    const theirs = JSON.parse(stdin);
    const request = { ...call?.request };
    if ('capabilities' in theirs && differs('stdin.capabilities')) delete theirs.capabilities;
    if (env['CNI_COMMAND'] === 'VERSION' && differs('stdin.cniVersion of VERSION')) {
      delete theirs.cniVersion;
      delete request['cniVersion'];
    }
    expect(request, at).toEqual(theirs);
  }
  // A difference that is no more has to go from the list.
  for (const { field, runtimes } of differences) {
    expect(used.has(field), field).toBe(runtimes.test(name));
  }
});

/** The list of which the two plugins of a recording came. */
function listOf(recorded: Recorded[]) {
  const added = recorded.filter(({ env }) => env['CNI_COMMAND'] === 'ADD').slice(0, 2);
  const configs = added.map(({ stdin }) => JSON.parse(stdin));
  const plugins = configs.map(
    ({ name: _, cniVersion: _v, prevResult: _p, runtimeConfig: _r, ...own }) => own,
  );
  const { name, cniVersion } = configs[0];
  return parseConflist({ cniVersion, name, plugins });
}

async function operate(
  runtime: Runtime,
  list: ReturnType<typeof listOf>,
  calls: Recorded[],
): Promise<void> {
  const verb = calls[0]?.env['CNI_COMMAND'];
  switch (verb) {
    case 'ADD':
      return void (await runtime.add(list, attachmentOf(calls)));
    case 'CHECK':
      return await runtime.check(list, attachmentOf(calls));
    case 'DEL':
      return await runtime.del(list, attachmentOf(calls));
    case 'STATUS':
      return await runtime.status(list);
    case 'VERSION':
      return void (await runtime.validate(list));
    case 'GC':
      return void (await runtime.gc(list, { valid: null }));
    default:
      throw new Error(`recorded ${verb}`);
  }
}

function attachmentOf(calls: Recorded[]): Attachment {
  const { env } = calls[0]!;
  const capabilities = Object.assign(
    {},
    ...calls.map(({ stdin }) => JSON.parse(stdin).runtimeConfig),
  );
  return {
    containerId: env['CNI_CONTAINERID']!,
    netns: env['CNI_NETNS']!,
    ifname: env['CNI_IFNAME']!,
    args: parseCniArgs(env['CNI_ARGS']!),
    capabilities,
  };
}
