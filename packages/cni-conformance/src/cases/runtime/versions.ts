import { supportedVersions } from '@vcn-cni/cni-spec';
import type { RuntimeCase } from '../../case.ts';
import { Finding } from '../../judge/finding.ts';
import { Skip } from '../../judge/skip.ts';
import type { RuntimeHarness } from '../../runtime-harness.ts';
import { chain } from './steps/chain.ts';
import { expectNone } from './steps/expect-order.ts';
import { fail, succeed } from './steps/operate.ts';

export const versionIsText: RuntimeCase = {
  id: 'CFG-01',
  title: 'A list whose cniVersion is a number is refused',
  does: 'writes a list with "cniVersion": 1, and adds a container',
  expects: 'an error, and no plugin executed',
  fast: true,
  mutants: ['accepts-version-number'],
  async run(on) {
    const network = await chain(on, { list: { cniVersion: 1 } });
    const { calls } = await fail(on, 'add', await on.attachment(network), 'accepted');
    expectNone(calls, 'executed');
  },
};

export const highestVersion: RuntimeCase = {
  id: 'CFG-13/highest',
  title: 'Of several versions the highest is taken, wherever it stands',
  does: 'writes a list with cniVersion 0.4.0, and in cniVersions the newest between 1.0.0 and 0.3.1; adds a container',
  expects: 'cniVersion of each request is the newest',
  fast: true,
  mutants: ['ignores-version-list', 'takes-last-version'],
  run: (on) => expectVersion(on, '0.4.0', ['1.0.0', on.version, '0.3.1']),
};

export const ownVersionCounts: RuntimeCase = {
  id: 'CFG-13/own',
  title: 'cniVersion counts where cniVersions names only lower ones',
  does: 'writes a list with the newest cniVersion, and lower ones in cniVersions; adds a container',
  expects: 'cniVersion of each request is the newest',
  mutants: ['version-list-alone'],
  run: (on) => expectVersion(on, on.version, ['0.4.0', '1.0.0']),
};

export const unknownVersion: RuntimeCase = {
  id: 'CFG-13/unknown',
  title: 'A version that the runtime does not support is passed over',
  does: 'writes a list whose cniVersions names 99.0.0 too, and adds a container',
  expects: 'cniVersion of each request is the newest that there is',
  mutants: ['takes-unknown-version'],
  run: (on) => expectVersion(on, '0.4.0', [on.version, '99.0.0']),
};

async function expectVersion(
  on: RuntimeHarness,
  cniVersion: string,
  cniVersions: readonly string[],
): Promise<void> {
  if (on.version !== supportedVersions.at(-1))
    throw new Skip(`cniVersions came with 1.1.0, and the runtime is tried in ${on.version}`);
  const network = await chain(on, { list: { cniVersion, cniVersions } });
  for (const { plugin, config } of await succeed(on, 'add', await on.attachment(network))) {
    if (config?.['cniVersion'] === on.version) continue;
    throw new Finding(
      'other-version',
      `of ${[cniVersion, ...cniVersions].join(', ')} ${plugin} got ${String(config?.['cniVersion'])}`,
    );
  }
}
