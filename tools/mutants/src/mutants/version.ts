import type { JsonObject } from '@vcn-cni/cni-conformance';
import { convertResult, supportedVersions } from '@vcn-cni/cni-spec';
import { withConfig } from './call.ts';
import type { Mutant } from './mutant.ts';
import { accepts, hears, refuses, results, versions, withCode } from './ways.ts';

const ofInterface = ['interface'] as const;

/** One whose results look otherwise. */
const otherShape = (version: string): string =>
  version.startsWith('0.') && version > '0.2.0' ? '1.0.0' : '0.4.0';

const ofEach = (version: string): Mutant[] => [
  ...['add', 'del', ...(/^0\.[123]/.test(version) ? [] : ['check'])].map((verb) => ({
    name: `${verb}-refuses-${version}`,
    of: ofInterface,
    // CHECK that works in no version is another requirement's.
    ...(verb === 'check' && version === '1.1.0' && { version: '1.0.0' as const }),
    does: `${verb.toUpperCase()} is refused in ${version}, which VERSION lists`,
    around: refuses(
      (call) => call.verb === verb.toUpperCase() && call.config['cniVersion'] === version,
      1,
    ),
  })),
  {
    name: `result-of-another-version-in-${version}`,
    of: ofInterface,
    does: `in ${version} the result has the shape of another version`,
    around: results((result, { config: { cniVersion } }) =>
      cniVersion === version
        ? {
            ...convertResult({ ...result, cniVersion: version }, otherShape(version)).document,
            cniVersion: version,
          }
        : result,
    ),
  },
];

const newerFields = (version: string): Mutant => ({
  name: `newer-fields-in-${version}`,
  of: ofInterface,
  does: `in ${version} the result has fields that came later`,
  around: results((result, { config: { cniVersion } }) => {
    const interfaces = (result['interfaces'] ?? []) as JsonObject[];
    return cniVersion === version
      ? { ...result, interfaces: interfaces.map((each) => ({ ...each, mtu: 1500 })) }
      : result;
  }),
});

/** VERSION, and the versions of a configuration. */
export const versionMutants: readonly Mutant[] = [
  {
    name: 'version-constant',
    of: ofInterface,
    does: 'VERSION answers in the newest version, whatever it is asked in',
    around: versions((answer) => ({ ...answer, cniVersion: '1.1.0' })),
  },
  {
    name: 'version-without-cni-version',
    of: ofInterface,
    does: 'the answer of VERSION has no cniVersion',
    around: versions(({ cniVersion, ...answer }) => answer),
  },
  {
    name: 'version-list-as-text',
    of: ofInterface,
    does: 'supportedVersions is a text',
    around: versions((answer) => ({ ...answer, supportedVersions: supportedVersions.join(',') })),
  },
  {
    name: 'version-list-repeats',
    of: ofInterface,
    does: 'supportedVersions has a version twice',
    around: versions((answer) => ({
      ...answer,
      supportedVersions: [...supportedVersions, '1.0.0'],
    })),
  },
  {
    name: 'version-refuses-newer',
    of: ofInterface,
    does: 'VERSION is refused in a version that is not known',
    around: refuses((call) => call.verb === 'VERSION' && /99/.test(String(call.stdin)), 1),
  },
  {
    name: 'version-requires-path',
    of: ofInterface,
    does: 'VERSION asks for CNI_PATH',
    around: refuses((call) => call.verb === 'VERSION' && !call.environment['CNI_PATH'], 4),
  },
  {
    name: 'version-requires-input',
    of: ofInterface,
    does: 'VERSION asks for input',
    around: refuses((call) => call.verb === 'VERSION' && call.stdin.length === 0, 6),
  },
  ...supportedVersions.flatMap(ofEach),
  ...['0.3.0', '0.3.1', '0.4.0', '1.0.0'].map(newerFields),
  {
    name: 'accepts-newer-version',
    of: ofInterface,
    does: 'a version that is not known is no error',
    around: accepts(({ config }) => config['cniVersion'] === '99.9.9'),
  },
  {
    name: 'newer-version-wrong-code',
    of: ofInterface,
    does: 'a version that is not known is refused with code 7',
    around: withCode([1], 7),
  },
  {
    name: 'accepts-version-text',
    of: ofInterface,
    does: 'a version that is none is no error',
    around: accepts(({ config }) => !/^\d+\.\d+\.\d+$/.test(String(config['cniVersion']))),
  },
  {
    name: 'result-version-constant',
    of: ofInterface,
    does: 'the result names the newest version',
    around: results((result) => ({ ...result, cniVersion: '1.1.0' })),
  },
  {
    name: 'no-version-is-newest',
    of: ofInterface,
    does: 'a configuration without cniVersion is of the newest',
    around: hears((call) =>
      call.config['name'] === undefined || call.config['cniVersion'] !== undefined
        ? call
        : withConfig(call, { cniVersion: '1.1.0' }),
    ),
  },
];
