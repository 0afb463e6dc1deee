import { Readable } from 'node:stream';
import { expect, it } from 'vitest';
import type { PluginHandlers } from './handlers.ts';
import { type PluginProcess, type RunPluginOptions, runPlugin } from './run-plugin.ts';

const config = '{"cniVersion":"1.0.0","name":"pods","type":"test"}';
const handlers: PluginHandlers = {
  add: async ({ config: { cniVersion } }) => ({ cniVersion, ips: [{ address: '10.0.0.5/32' }] }),
};
const environment = {
  CNI_COMMAND: 'ADD',
  CNI_CONTAINERID: 'c1',
  CNI_NETNS: '/proc/self/ns/net',
  CNI_IFNAME: 'eth0',
};

/** A process whose streams are in memory. */
async function run(
  env: Record<string, string>,
  stdin: AsyncIterable<Uint8Array | string>,
  options?: RunPluginOptions,
) {
  const output = { stdout: '', stderr: '' };
  const process: PluginProcess = {
    env,
    stdin,
    stdout: {
      write: (text, done) => {
        output.stdout += text;
        done();
      },
    },
    stderr: { write: (text) => (output.stderr += text) },
  };
  await runPlugin(handlers, process, options);
  return { ...output, exitCode: process.exitCode };
}

const input = (...chunks: (string | Uint8Array)[]) => Readable.from(chunks);

it('answers on standard output and by its exit code', async () => {
  const env = { ...environment, CNI_NETNS_OVERRIDE: '1' };
  const { exitCode, stdout, stderr } = await run(
    env,
    input(config.slice(0, 7), Buffer.from(config.slice(7))),
  );
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout).ips).toEqual([{ address: '10.0.0.5/32' }]);
});

it("refuses the host's namespace by itself", async () => {
  const { exitCode, stdout } = await run(environment, input(config));
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ cniVersion: '1.0.0', code: 101 });
});

it('tells a person what it is, does not wait for input, and still fails', async () => {
  const terminal: AsyncIterable<string> = {
    [Symbol.asyncIterator]: () => ({ next: () => new Promise(() => {}) }),
  };
  const { exitCode, stdout, stderr } = await run({}, terminal, { about: 'CNI plugin test' });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout).code).toBe(4);
  expect(stderr).toContain('CNI plugin test\n');
  expect(stderr).toContain('1.1.0');
});

it('stops reading behind 1 MiB', async () => {
  let given = 0;
  async function* endless() {
    for (; ; given += 64) yield Buffer.alloc(64 * 1024, ' ');
  }
  const { stdout } = await run(environment, endless());
  expect(JSON.parse(stdout)).toMatchObject({
    code: 6,
    msg: expect.stringContaining('1048576'),
  });
  expect(given).toBe(1024);
});
