import { CniError, ErrorCode } from '@vcn-cni/cni-spec';

export function nameTaken(hostLink: string, holder: string): CniError {
  return new CniError(
    ErrorCode.HostLinkNameTaken,
    `the host link name ${hostLink} is taken by ${holder}; nothing was changed`,
  );
}
