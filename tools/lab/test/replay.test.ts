import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { executePlugin } from '@vcn-cni/cni-runtime';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLab, type Lab, referencePlugins } from '../src/index.ts';

interface Recorded {
  plugin: 'ptp' | 'portmap';
  env: Record<string, string>;
  stdin: string;
}

const folder = fileURLToPath(new URL('../fixtures/runtimes/', import.meta.url));
const portmap = `${referencePlugins}/portmap`;
const present = existsSync(portmap);
if (!present) console.warn('skipped: replay of runtimes (no reference plugins in /usr/lib/cni)');

describe.runIf(present)('what container runtimes were recorded to send', () => {
  let lab: Lab;
  let portmapSpeaks: string[];

  beforeAll(async () => {
    const environment = { CNI_COMMAND: 'VERSION' };
    const version = await executePlugin({ path: portmap, environment, stdin: '{}' });
    portmapSpeaks = JSON.parse(version.stdout).supportedVersions;
    lab = await createLab();
    await lab.startDaemon();
  });
  afterAll(() => lab[Symbol.asyncDispose]());

  test.each(readdirSync(folder))('%s', async (file) => {
    const executions = readFileSync(folder + file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Recorded);
    const pod = await lab.pod(file);
    let result: unknown;
    for (const { plugin, env, stdin } of executions) {
      // The recorded portmap was newer than Debian's: what that does not speak is left to the recording.
      if (plugin === 'portmap' && !portmapSpeaks.includes(JSON.parse(stdin).cniVersion)) continue;
      const outcome = await executePlugin({
        path: plugin === 'ptp' ? lab.plugin : portmap,
        commandPrefix: ['nsenter', `--net=${lab.node.path}`, '--'],
        environment: {
          PATH: process.env['PATH']!,
          VCN_CNI_SOCKET: lab.paths.socket,
          ...env,
          ...(env['CNI_NETNS'] && env['CNI_NETNS'] !== 'dummy' && { CNI_NETNS: pod.path }),
        },
        stdin: JSON.stringify(adapted(plugin, JSON.parse(stdin), result)),
      });
      expect(outcome, `${plugin} ${env['CNI_COMMAND']}`).toMatchObject({ exitCode: 0 });
      if (env['CNI_COMMAND'] === 'ADD') result = JSON.parse(outcome.stdout);
      if (env['CNI_COMMAND'] === 'DEL') expect(outcome.stdout).toBe('');
    }
    const left = (await lab.residue()).filter((line) => !/CNI-(HOSTPORT|DN)/.test(line));
    expect(left.filter((line) => /: oci|10\.77\.1\.|vcn-cni\/1/.test(line))).toEqual([]);
  });
});

/** The recorded configuration as a node of ours would have it, and the result that we gave. */
function adapted(
  plugin: Recorded['plugin'],
  { ipam: _ipam, ipMasq: _ipMasq, prevResult, ...config }: Record<string, unknown>,
  result: unknown,
): Record<string, unknown> {
  return {
    ...config,
    ...(plugin === 'ptp' && config['type'] !== undefined && { type: 'oci-vcn' }),
    ...(prevResult !== undefined && { prevResult: result }),
  };
}
