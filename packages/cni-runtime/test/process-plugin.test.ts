import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { executePlugin } from '../src/execute-plugin.ts';

const path = fileURLToPath(new URL('process-plugin.ts', import.meta.url));
const commandPrefix = [process.execPath, '--conditions=@vcn-cni/source'];
const stdin = '{"cniVersion":"1.0.0","name":"pods","type":"test"}';
const parameters = { CNI_CONTAINERID: 'c1', CNI_IFNAME: 'eth0', CNI_NETNS: '' };

const run = (environment: Record<string, string>) =>
  executePlugin({ path, commandPrefix, environment, stdin });

it('writes all of a large answer before it exits', async () => {
  const ADD = {
    ...parameters,
    CNI_COMMAND: 'ADD',
    CNI_NETNS: '/proc/self/ns/net',
    CNI_NETNS_OVERRIDE: 'true',
  };
  const { exitCode, stdout, stderr } = await run(ADD);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  expect(JSON.parse(stdout).vendor).toHaveLength(1 << 20);
});

it('deletes without a namespace', async () => {
  const outcome = await run({ ...parameters, CNI_COMMAND: 'DEL' });
  expect(outcome).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});

it('fails with one document on standard output', async () => {
  const { exitCode, stdout } = await run({ CNI_COMMAND: 'ADD' });
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({ cniVersion: '1.0.0', code: 4 });
});

it('says what it is when it is started by hand', async () => {
  const { exitCode, stdout, stderr } = await run({});
  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout).code).toBe(4);
  expect(stderr).toContain('CNI plugin of the tests');
});
