import { CniError, type Conflist, ErrorCode } from '@vcn-cni/cni-spec';
import { pluginVersions } from '../plugin-versions.ts';
import type { ListExecution } from '../run-list-plugin.ts';
import { throwFailures } from '../several-failures.ts';

/**
 * Asks every plugin of a list whether it speaks the list's version. Throws all that is wrong at once; returns
 * the names of the capabilities that any plugin has enabled.
 */
export async function validateList(execution: ListExecution, list: Conflist): Promise<string[]> {
  const errors: CniError[] = [];
  for (const type of new Set(list.plugins.map((plugin) => plugin.type))) {
    try {
      const { supportedVersions } = await pluginVersions(type, execution);
      if (!supportedVersions.includes(list.cniVersion)) {
        errors.push(tooOld(type, list, supportedVersions));
      }
    } catch (error) {
      if (execution.signal?.aborted) throw error;
      errors.push(CniError.from(error));
    }
  }
  throwFailures(`network ${list.name} cannot be used`, errors);
  const enabled = list.plugins.flatMap(({ capabilities = {} }) =>
    Object.keys(capabilities).filter((name) => capabilities[name]),
  );
  return [...new Set(enabled)];
}

function tooOld(type: string, list: Conflist, supported: readonly string[]): CniError {
  return new CniError(
    ErrorCode.IncompatibleVersion,
    `plugin "${type}" does not speak cniVersion "${list.cniVersion}" of network ${list.name}`,
    `it speaks ${supported.join(', ')}; use one of these, or a newer plugin`,
  );
}
