import { existsSync, readFileSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { runCommand } from './run-command.ts';
import { openScratch } from './scratch.ts';

const bin = '/usr/lib/cni/ptp';
const present = existsSync(bin);
if (!present) console.warn(`skipped: ${bin} is not installed (containernetworking-plugins)`);

const scratch = openScratch();
afterAll(() => scratch[Symbol.dispose]());
const config = scratch.file('net.conf', {
  ...{ name: 'net', type: 'ptp' },
  ipam: { type: 'host-local', subnet: '10.1.0.0/24' },
});
// DEL-06/again passes, VER-02 is a deviation of every Go plugin, ADD-06/second fails at SHOULD.
const only = 'DEL-06/again,VER-02,ADD-06/second';
const ptp = (...more: string[]) =>
  runCommand(['plugin', '--bin', bin, '--config', config, '--only', only, ...more]);
const expectedFailures = (name: string, ...ids: string[]) =>
  ptp('--expected-failures', scratch.file(name, ids.join('\n')));

describe.runIf(present)("Debian's ptp", () => {
  it('conforms at MUST; --json prints one object', async () => {
    const { code, stdout, stderr } = await ptp('--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const document = JSON.parse(stdout);
    expect(Object.keys(document)).toEqual(['spec', 'plugin', 'cases', 'summary']);
    expect(document).toMatchObject({ plugin: { type: 'ptp', role: 'interface' } });
    expect(document.summary).toEqual({ pass: 1, fail: 1, deviation: 1, skip: 0, flake: 0 });
    expect(document.cases.map(({ id }: { id: string }) => id)).toEqual([
      ...['ADD-06/second', 'DEL-06/again', 'VER-02'],
    ]);
  });

  it('fails at SHOULD, and says how to see the evidence', async () => {
    const { code, stdout } = await ptp('--level', 'should');
    expect(code).toBe(1);
    expect(stdout).toContain(`plugin --bin ${bin} --config ${config} --level should`);
    expect(stdout).toMatch(/--only ADD-06\/second --verbose\n/);
    expect(stdout).toMatch(/1 pass, 1 fail, 1 deviation; failed at --level SHOULD\n$/);
  });

  it('an expected failure does not count; a pass of one does; an unknown id is wrong usage', async () => {
    const [expected, unexpected, unknown] = await Promise.all([
      ptp('--level', 'SHOULD', '--expected-failures', scratch.file('e1', 'ADD-06/second # known')),
      expectedFailures('e2', 'DEL-06/again'),
      expectedFailures('e3', '', 'DEL-66'),
    ]);
    expect(expected.code).toBe(0);
    expect(unexpected.code).toBe(1);
    expect(unexpected.stdout).toMatch(/Unexpected passes\n {2}PASS .*DEL-06\/again/);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toMatch(/e3: line 2: DEL-66: no such case; /);
  });

  it('holds the version that --spec, or the configuration, says', async () => {
    const list = scratch.file('net.conflist', {
      ...{ cniVersion: '0.4.0', name: 'net' },
      plugins: [{ type: 'ptp', ipam: { type: 'host-local', subnet: '10.1.0.0/24' } }],
    });
    const argv = ['plugin', '--bin', bin, '--config', list, '--only', 'DEL-06/again', '--json'];
    const runs = await Promise.all([runCommand(argv), runCommand([...argv, '--spec', '1.0.0'])]);
    expect(runs.map(({ stdout }) => JSON.parse(stdout).spec)).toEqual(['0.4.0', '1.0.0']);
  });

  it('writes JUnit and a page to files, and TAP to standard output, in one run', async () => {
    const [xml, html] = [scratch.path('r.xml'), scratch.path('r.html')];
    const { code, stdout } = await ptp('--tap', '--junit', xml, '--html', html);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^TAP version 14\n1\.\.3\n/);
    expect(readFileSync(xml, 'utf8')).toMatch(/^<\?xml .*\n<testsuites .* tests="3" failures="0"/);
    expect(readFileSync(html, 'utf8')).toMatch(/^<!doctype html>.*<\/html>\n$/s);
  });

  it('--verbose prints what can be pasted into a shell', async () => {
    const { stdout } = await ptp('--verbose');
    expect(stdout).toMatch(
      /\nCNI_COMMAND=DEL .* \/usr\/lib\/cni\/ptp <<'EOF'\n\{.*\}\nEOF\n# exit 0/,
    );
  });

  it('is tried by an ordinary user, in a user namespace', async () => {
    const prefix = ['unshare', '--user', '--map-user=1000', '--map-group=1000'];
    const argv = ['plugin', '--bin', bin, '--config', config, '--only', 'DEL-06/again'];
    const { code, stdout, stderr } = await runCommand(argv, { prefix });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Left out here\n  Not run as root of the machine');
  });

  it('says what to do where an ordinary user may make no namespace', async () => {
    const forbid = 'echo 0 >/proc/sys/user/max_net_namespaces; exec "$@"';
    const prefix = ['unshare', '-Ur', 'sh', '-c', forbid, 'sh'];
    const { code, stderr } = await runCommand(['plugin', '--bin', bin, '--config', config], {
      prefix,
    });
    expect(code).toBe(2);
    expect(stderr).toMatch(/^cni-conformance: .*unshare.*; run this as root.*\n$/);
  });

  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s: prints what is done, and exits %i', async (signal, code) => {
    const argv = ['plugin', '--bin', bin, '--config', config, '--only', 'DEL,ADD'];
    const ran = await runCommand(argv, { interrupt: { signal, after: '\npass ' } });
    expect({ code: ran.code, signal: ran.signal }).toEqual({ code, signal: null });
    expect(ran.stdout).toMatch(/ 1 pass.*interrupted: \d+ were not tried\n$/);
  });
});
