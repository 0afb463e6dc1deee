import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Cloud } from '../cloud/cloud.ts';

/** A configuration file as the official SDKs and the command `oci` read it. */
export interface UserFiles extends AsyncDisposable {
  readonly configFile: string;
}

/** Makes a user of the cloud and writes its files, for this user of the machine alone. */
export async function writeUserFiles({ identity, region }: Cloud): Promise<UserFiles> {
  const user = identity.createUser();
  const directory = await mkdtemp(join(tmpdir(), 'vcn-sim-user-'));
  const configFile = join(directory, 'config');
  const keyFile = join(directory, 'key.pem');
  const lines = [
    '[DEFAULT]',
    `user=${user.userId}`,
    `fingerprint=${user.fingerprint}`,
    `tenancy=${user.tenancyId}`,
    `region=${region}`,
    `key_file=${keyFile}`,
    '',
  ];
  await writeFile(keyFile, user.privateKey, { mode: 0o600 });
  await writeFile(configFile, lines.join('\n'), { mode: 0o600 });
  return {
    configFile,
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  };
}
