import type { Operation } from './plan-model.ts';
import { callOf } from './subjects.ts';

/** An operation as a line to read: what is called for what, or what is waited for and since when. */
export function formatOperation(operation: Operation): string {
  switch (operation.op) {
    case 'attach': {
      const { subnetId, nsgIds, assignIpv6, skipSourceDestCheck, nicIndex } = operation;
      return words(
        callOf(operation),
        `subnet ${subnetId}`,
        nsgIds.length > 0 && `nsg ${nsgIds.join(',')}`,
        assignIpv6 && 'ipv6',
        skipSourceDestCheck && 'skip-source-dest-check',
        nicIndex !== undefined && `nic ${nicIndex}`,
      );
    }
    case 'update-vnic': {
      const { vnicId, nsgIds, skipSourceDestCheck } = operation;
      return words(
        `${callOf(operation)} ${vnicId}`,
        nsgIds && `nsg ${nsgIds.join(',') || 'none'}`,
        skipSourceDestCheck !== undefined && `skip-source-dest-check ${skipSourceDestCheck}`,
      );
    }
    case 'assign': {
      const { vnicId, cidrPrefixLength } = operation;
      return words(callOf(operation), cidrPrefixLength && `/${cidrPrefixLength}`, `vnic ${vnicId}`);
    }
    case 'assign-many':
      return `${callOf(operation)} ${operation.count} vnic ${operation.vnicId}`;
    case 'release':
      return `${callOf(operation)} ${operation.cidr} vnic ${operation.vnicId}`;
    case 'detach':
      return `${callOf(operation)} ${operation.vnicId}`;
    case 'drain':
    case 'undrain':
      return `${operation.op} ${operation.cidr} vnic ${operation.vnicId}`;
    case 'wait': {
      const { cause, subject, since, until, detail } = operation;
      return words(
        `wait ${cause} ${subject} since ${since}`,
        until !== undefined && `until ${until}`,
        detail && `(${detail})`,
      );
    }
  }
}

function words(...parts: (string | number | false | undefined)[]): string {
  return parts.filter(Boolean).join(' ');
}
