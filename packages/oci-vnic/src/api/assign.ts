import type { Clock } from '../http/clock.ts';
import type { AssignAsk, AssignManyAsk, Assignment, ChangeOptions } from '../model.ts';
import { awaitWorkRequest, type WorkRequestWait } from './await-work-request.ts';
import { isOfCall, withCallTag } from './call-tag.ts';
import type { OciClient } from './client.ts';
import { settle } from './settle.ts';
import { fromIpv6, fromPrivateIp } from './to-assignment.ts';

/** One address, or one block. */
export async function assign(
  client: OciClient,
  ask: AssignAsk,
  options: ChangeOptions,
): Promise<Assignment> {
  const { vnicId, family, cidrPrefixLength, fromCidr } = ask;
  const details = {
    vnicId,
    freeformTags: withCallTag(ask.tags, options.retryToken),
    ...(cidrPrefixLength === undefined ? {} : { cidrPrefixLength }),
  };
  const create = async (): Promise<Assignment> => {
    if (family === 'inet') {
      const from = fromCidr === undefined ? {} : { ipv4SubnetCidrAtCreation: fromCidr };
      return fromPrivateIp(
        await client.privateIps.create({ ...details, ...from }, options),
        vnicId,
      );
    }
    const from = fromCidr === undefined ? {} : { ipv6SubnetCidr: fromCidr };
    return fromIpv6(await client.ipv6s.create({ ...details, ...from }, options), vnicId);
  };
  return settle(create, async () => (await createdBy(client, ask, options))[0]);
}

/** Many single addresses by one call and its work request: all of them, or those that it managed. */
export async function assignMany(
  deps: { client: OciClient; clock: Clock },
  wait: WorkRequestWait,
  ask: AssignManyAsk,
  options: ChangeOptions,
): Promise<Assignment[]> {
  const { client } = deps;
  const { family, vnicId } = ask;
  const calls = family === 'inet' ? client.privateIps : client.ipv6s;
  const operation = family === 'inet' ? 'BulkCreatePrivateIps' : 'BulkCreateIpv6s';
  const freeformTags = withCallTag(ask.tags, options.retryToken);
  const items = Array.from({ length: ask.count }, () => ({ freeformTags }));
  const some = async (): Promise<Assignment[] | undefined> => {
    const found = await createdBy(client, ask, options);
    return found.length > 0 ? found : undefined;
  };
  return settle(async () => {
    const work = await calls.bulkCreate(vnicId, items, options);
    const complaint = await awaitWorkRequest(work, operation, wait, deps, options);
    const found = await some();
    if (found === undefined && complaint) throw complaint;
    return found ?? [];
  }, some);
}

/** What a call made on a VNIC, by the tag it left there. */
async function createdBy(
  client: OciClient,
  { vnicId, family }: { vnicId: string; family: Assignment['family'] },
  options: ChangeOptions,
): Promise<Assignment[]> {
  const { retryToken } = options;
  if (family === 'inet') {
    const found = await client.privateIps.list({ vnicId }, options);
    return found
      .filter((ip) => isOfCall(ip.freeformTags, retryToken))
      .map((ip) => fromPrivateIp(ip, vnicId));
  }
  const found = await client.ipv6s.list({ vnicId }, options);
  return found
    .filter((ip) => isOfCall(ip.freeformTags, retryToken))
    .map((ip) => fromIpv6(ip, vnicId));
}
