import { missingParameter } from '../../cloud/api-error.ts';
import { attachVnic, detachVnic } from '../../cloud/vnics.ts';
import { find } from '../../cloud/world.ts';
import { checkMatch, empty, one } from '../answer.ts';
import type { Operation } from '../call.ts';
import { documents } from '../documents.ts';
import { pageOf } from '../paging.ts';
import { readVnicDetails } from './read-details.ts';

export const attachments: Operation[] = [
  {
    name: 'AttachVnic',
    method: 'POST',
    path: '/vnicAttachments',
    run({ world, body }) {
      const details = body.object('createVnicDetails');
      if (!details) throw missingParameter('createVnicDetails is required.');
      const record = attachVnic(world, {
        instanceId: body.need('instanceId'),
        createVnicDetails: readVnicDetails(details),
        displayName: body.text('displayName'),
        nicIndex: body.whole('nicIndex'),
      });
      return one(record, documents.attachment(world, record));
    },
  },
  {
    name: 'ListVnicAttachments',
    method: 'GET',
    path: '/vnicAttachments',
    run({ world, query }) {
      const compartmentId = query.get('compartmentId');
      if (compartmentId === null) throw missingParameter('compartmentId is required.');
      const all = [...world.attachments.values()].filter(
        (record) =>
          record.compartmentId === compartmentId &&
          fits(query, 'instanceId', record.instanceId) &&
          fits(query, 'vnicId', record.provisioned ? record.vnicId : undefined) &&
          fits(query, 'availabilityDomain', world.availabilityDomain),
      );
      return pageOf(all, query, (record) => documents.attachment(world, record));
    },
  },
  {
    name: 'GetVnicAttachment',
    method: 'GET',
    path: '/vnicAttachments/{id}',
    run({ world, id }) {
      const record = find(world.attachments, id, 'vnic attachment');
      return one(record, documents.attachment(world, record));
    },
  },
  {
    name: 'DetachVnic',
    method: 'DELETE',
    path: '/vnicAttachments/{id}',
    run({ world, id, ifMatch }) {
      const record = find(world.attachments, id, 'vnic attachment');
      checkMatch(record, ifMatch);
      detachVnic(world, record);
      return empty;
    },
  },
];

const fits = (query: URLSearchParams, name: string, value: string | undefined) =>
  query.get(name) === null || query.get(name) === value;
