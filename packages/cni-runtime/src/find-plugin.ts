import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { CniError, ErrorCode, isPluginType } from '@vcn-cni/cni-spec';

/** The first regular file named `type` in the folders of CNI_PATH. Throws CniError 7 if there is none. */
export async function findPlugin(type: string, path: readonly string[]): Promise<string> {
  if (!isPluginType(type)) {
    throw new CniError(
      ErrorCode.InvalidNetworkConfig,
      `plugin type ${JSON.stringify(type)} is not a file name`,
      'give the name of a plugin, without a path',
    );
  }
  for (const folder of path) {
    const file = join(folder, type);
    const found = await stat(file).catch(() => undefined);
    if (found?.isFile()) return file;
  }
  throw new CniError(
    ErrorCode.InvalidNetworkConfig,
    `failed to find plugin "${type}" in path [${path.join(' ')}]`,
    'install it into one of these folders, or correct type in the configuration',
  );
}
