import {
  CniError,
  type Conflist,
  ErrorCode,
  isContainerId,
  isInterfaceName,
  isNetworkName,
} from '@vcn-cni/cni-spec';
import type { Attachment } from './attachment.ts';

/** Throws CniError 4 that names each of the three names which is not allowed, with its value. */
export function requireNames(
  list: Pick<Conflist, 'name'>,
  { containerId, ifname }: Pick<Attachment, 'containerId' | 'ifname'>,
): void {
  const wrong = [
    isContainerId(containerId) ? '' : `container id ${JSON.stringify(containerId)}`,
    isInterfaceName(ifname) ? '' : `interface name ${JSON.stringify(ifname)}`,
    isNetworkName(list.name) ? '' : `network name ${JSON.stringify(list.name)}`,
  ].filter((text) => text !== '');
  if (wrong.length === 0) return;
  throw new CniError(
    ErrorCode.InvalidEnvironment,
    `invalid ${wrong.join(', ')}`,
    'letters, digits, "_", "." and "-", the first a letter or digit; an interface name has at most 15 bytes',
  );
}
