import type { Evidence } from '@vcn-cni/cni-conformance';
import type { RunReport, TriedCase } from '../src/run-report.ts';

const evidence: readonly Evidence[] = [
  { kind: 'note', text: 'in a sandbox, as of: unshare --net' },
  {
    ...{ kind: 'command', exitCode: 0, stdout: '{"cniVersion":"1.0.0"}\n', stderr: 'a <log>\n' },
    command: 'CNI_COMMAND=ADD /opt/cni/bin/sample <<\'EOF\'\n{"name":"net"}\nEOF',
    durationMs: 8.1,
  },
  {
    ...{ kind: 'command', exitCode: null, signal: 'SIGKILL', stdout: '', stderr: '\u001b[1m' },
    ...{ command: 'CNI_COMMAND=DEL /opt/cni/bin/sample', durationMs: 30_000 },
  },
  { kind: 'difference', removed: ['host link a'], added: ['host file /b & c'] },
];

const tried = (id: string, rest: Partial<TriedCase>): TriedCase => ({
  ...{ id, level: 'MUST', section: 'Section 2: ADD', title: `The title of ${id}`, verdict: 'pass' },
  ...{ evidence: [], durationMs: 12, does: `does ${id}`, expects: `expects ${id}` },
  ...rest,
});

/** One case of each kind there is. */
export const sampleReport: RunReport = {
  subject: {
    ...{ kind: 'plugin', type: 'sample', bin: '/opt/cni/bin/sample', role: 'interface' },
    supportedVersions: ['0.4.0', '1.0.0'],
  },
  spec: '1.0.0',
  cases: [
    tried('ADD-01', { evidence }),
    tried('ADD-04/twice', {
      ...{ verdict: 'fail', evidence },
      finding: { key: 'second-succeeds', message: 'a second ADD succeeds:\n+ host link <b>' },
    }),
    tried('ADD-06/known', {
      ...{ verdict: 'fail', level: 'MUST' },
      finding: { key: 'add-refused', message: 'exit 1' },
    }),
    tried('ADD-07/mended', { level: 'SHOULD' }),
    tried('DEL-01/own', {
      ...{ verdict: 'fail', level: 'SHOULD', section: 'Section 2: DEL' },
      finding: { key: 'residue', message: 'the state differs' },
    }),
    tried('DEL-01/all', {
      ...{ verdict: 'fail', level: 'MAY', section: 'Section 2: DEL' },
      finding: { key: 'residue', message: 'the state differs' },
    }),
    tried('DEL-05', {
      ...{ verdict: 'flake', section: 'Section 2: DEL' },
      finding: { key: 'del-refused', message: 'exit 1, once' },
    }),
    tried('STA-01', {
      ...{ verdict: 'skip', section: 'Section 2: STATUS', durationMs: 0 },
      reason: 'asked of 1.1.0 and newer; this is tried at 1.0.0',
    }),
    tried('VER-02', {
      ...{ verdict: 'deviation', section: 'Section 5: Version Success' },
      finding: { key: 'version-not-echoed', message: 'asked in 0.4.0, answered "1.0.0" # always' },
      deviation: {
        ...{ id: 'VER-02', key: 'version-not-echoed', who: 'plugins built on skel' },
        ...{ why: 'skel names its own', references: ['https://example.org/826?a=1&b=2'] },
      },
    }),
  ],
  standard: { level: 'MUST', expectedFailures: new Set(['ADD-06/known', 'ADD-07/mended']) },
  planned: 10,
  durationMs: 4_210,
  limits: ['Not installed: nft; what it would show of a state is not compared.'],
  again: (id) => `cni-conformance plugin --bin sample --only ${id} --verbose`,
};
