import { execFile } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createLab, type Lab } from '../src/index.ts';

const run = promisify(execFile);
let lab: Lab;

beforeAll(async () => {
  lab = await createLab();
  await lab.startDaemon();
});
afterAll(async () => {
  expect((await lab.node.exec('ip', ['-o', 'link'])).stdout).not.toMatch(/: oci/);
  await lab[Symbol.asyncDispose]();
});

async function add(netns: string) {
  const pod = await lab.pod(`ns-${netns.replaceAll('/', '-')}`);
  const outcome = await pod.invoke('ADD', { environment: { CNI_NETNS: netns } });
  await pod.invoke('DEL', { environment: { CNI_NETNS: netns } });
  return outcome;
}

test('a plain file', async () => {
  const file = `${lab.paths.directory}/plain`;
  await writeFile(file, '');
  const { document } = await add(file);
  expect(document).toMatchObject({ code: 102 });
  expect(document?.['msg']).toContain(file);
  await rm(file);
});

test('a path that is gone', async () => {
  const { document } = await add(`${lab.paths.netns}/gone`);
  expect(document).toMatchObject({ code: 102 });
  expect(document?.['msg']).toMatch(/does not exist/);
});

test("the host's own, by whatever path", async () => {
  expect((await add(lab.node.path)).document).toMatchObject({ code: 101 });
});

test('one that only the mount namespace of the caller shows', async () => {
  const pod = await lab.pod('elsewhere');
  const hidden = `${lab.paths.directory}/hidden`;
  const { stdout } = await run('unshare', [
    '--mount',
    'sh',
    '-ec',
    `touch ${hidden} && mount --bind ${pod.path} ${hidden} && nsenter --net=${lab.node.path} -- \
     env CNI_COMMAND=ADD CNI_CONTAINERID=elsewhere CNI_NETNS=${hidden} CNI_IFNAME=eth0 \
     VCN_CNI_SOCKET=${lab.paths.socket} ${lab.plugin} <<'EOF'
{"cniVersion":"1.1.0","name":"pods","type":"oci-vcn"}
EOF`,
  ]);
  const result = JSON.parse(stdout);
  expect(result.interfaces[1]).toMatchObject({ name: 'eth0', sandbox: hidden });
  expect((await pod.namespace.exec('ip', ['address'])).stdout).toContain(result.ips[0].address);
  const del = { CNI_CONTAINERID: 'elsewhere', CNI_NETNS: hidden };
  expect((await pod.invoke('DEL', { environment: del })).exitCode).toBe(0);
});
