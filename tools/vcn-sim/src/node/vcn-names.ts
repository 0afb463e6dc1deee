import type { CloudFeed } from '../cloud/facts.ts';
import { internet } from '../fabric/addresses.ts';
import type { Names } from './resolver.ts';

const domain = '.vcn.oraclevcn.com';

/** `NAME.vcn.oraclevcn.com` for each instance's primary VNIC, and one name of the internet side. */
export function vcnNames(feed: CloudFeed): Names {
  return (name) => {
    if (name === 'internet.example') return Object.values(internet.host);
    if (!name.endsWith(domain)) return undefined;
    const { instances, vnics } = feed.facts();
    const instance = instances.find(({ displayName }) => {
      return displayName.toLowerCase() === name.slice(0, -domain.length);
    });
    const primary = vnics.find(({ instanceId, isPrimary }) => {
      return isPrimary && instanceId === instance?.id;
    });
    return primary && Object.values(primary.address);
  };
}
