import { type PluginCase, roles } from '../../case.ts';
import { expectSuccess } from '../../judge/expect-success.ts';
import { Finding } from '../../judge/finding.ts';
import { seen } from '../../judge/seen.ts';
import type { Call } from '../../plugin-harness.ts';

export const versionAnswer: PluginCase = {
  id: 'VER-01/answer',
  title: 'VERSION prints cniVersion and the versions that the plugin speaks',
  does: 'executes VERSION with the version of the configuration',
  expects:
    'one JSON object: a text cniVersion, and supportedVersions, a list without repetition of texts such as 1.0.0',
  roles,
  fast: true,
  mutants: ['version-without-cni-version', 'version-list-as-text', 'version-list-repeats'],
  async run(on) {
    const call = await on.call('VERSION');
    expectSuccess(call);
    expectVersions(call);
  },
};

export const versionAlone: PluginCase = {
  id: 'VER-03/alone',
  title: 'VERSION needs CNI_COMMAND and no other variable',
  does: 'executes VERSION with CNI_PATH unset too',
  expects: 'the same answer',
  roles,
  fast: true,
  mutants: ['version-requires-path'],
  async run(on) {
    const call = await on.call('VERSION', undefined, { environment: { CNI_PATH: undefined } });
    expectSuccess(call);
    expectVersions(call);
  },
};

export const versionUnasked: PluginCase = {
  id: 'VER-03/without-input',
  level: 'MAY',
  title: 'VERSION answers without input too, as 0.2.0 had it',
  does: 'executes VERSION with empty standard input',
  expects: 'the same answer',
  roles,
  mutants: ['version-requires-input'],
  async run(on) {
    const call = await on.call('VERSION', undefined, { stdin: '' });
    expectSuccess(call);
    expectVersions(call);
  },
};

export const versionOfNewer: PluginCase = {
  id: 'VER-01/newer',
  level: 'SHOULD',
  title: 'VERSION tells a newer runtime too what the plugin speaks',
  does: 'executes VERSION with cniVersion 99.9.9, which no plugin knows',
  expects: 'exit 0 and supportedVersions, so that the runtime can choose',
  roles,
  mutants: ['version-refuses-newer'],
  async run(on) {
    const stdin = JSON.stringify({ cniVersion: '99.9.9' });
    const call = await on.call('VERSION', undefined, { stdin });
    expectSuccess(call);
    expectVersions(call);
  },
};

function expectVersions(call: Call): void {
  const { cniVersion, supportedVersions: listed } = (call.document ?? {}) as {
    cniVersion?: unknown;
    supportedVersions?: unknown;
  };
  if (typeof cniVersion !== 'string') {
    throw new Finding('no-cni-version', `cniVersion should be a text; ${seen(call)}`);
  }
  if (!Array.isArray(listed) || listed.length === 0 || !listed.every(isVersion)) {
    throw new Finding('no-versions', `supportedVersions should list versions; ${seen(call)}`);
  }
  if (new Set(listed).size < listed.length) {
    throw new Finding('versions-repeat', `supportedVersions has one twice; ${seen(call)}`);
  }
}

const isVersion = (value: unknown): boolean =>
  typeof value === 'string' && /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/.test(value);
