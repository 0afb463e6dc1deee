import { find } from '../../cloud/world.ts';
import { one } from '../answer.ts';
import type { Operation } from '../call.ts';
import { pageOf } from '../paging.ts';

const time = (ms: number) => new Date(ms).toISOString();

export const workRequests: Operation[] = [
  {
    name: 'GetWorkRequest',
    method: 'GET',
    path: '/workRequests/{id}',
    run({ world, id }) {
      const record = find(world.workRequests, id, 'work request');
      return one(record, {
        id,
        compartmentId: record.compartmentId,
        operationType: record.operationType,
        status: record.status,
        percentComplete: record.percentComplete,
        resources: record.resources,
        timeAccepted: time(record.timeCreated),
        ...(record.timeStarted !== undefined && { timeStarted: time(record.timeStarted) }),
        ...(record.timeFinished !== undefined && { timeFinished: time(record.timeFinished) }),
      });
    },
  },
  {
    name: 'ListWorkRequestErrors',
    method: 'GET',
    path: '/workRequests/{id}/errors',
    run({ world, id, query }) {
      const { errors } = find(world.workRequests, id, 'work request');
      const lines = errors.map((error, index) => ({ ...error, id: `${index}` }));
      return pageOf(lines, query, ({ code, message, timestamp }) => ({
        code,
        message,
        timestamp: time(timestamp),
      }));
    },
  },
  {
    name: 'ListWorkRequestLogs',
    method: 'GET',
    path: '/workRequests/{id}/logs',
    run({ world, id, query }) {
      const { logs } = find(world.workRequests, id, 'work request');
      const lines = logs.map((log, index) => ({ ...log, id: `${index}` }));
      return pageOf(lines, query, ({ message, timestamp }) => ({
        message,
        timestamp: time(timestamp),
      }));
    },
  },
];
