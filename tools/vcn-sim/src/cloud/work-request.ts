import type { Resource } from './records.ts';

/** One bulk call: accepted at once, done item by item. */
export interface WorkRequestRecord extends Resource {
  operationType: string;
  status: 'ACCEPTED' | 'IN_PROGRESS' | 'SUCCEEDED' | 'FAILED';
  percentComplete: number;
  timeStarted?: number;
  timeFinished?: number;
  resources: WorkRequestResource[];
  errors: { code: string; message: string; timestamp: number }[];
  logs: { message: string; timestamp: number }[];
}

export interface WorkRequestResource {
  actionType: 'CREATED' | 'UPDATED' | 'DELETED' | 'IN_PROGRESS' | 'RELATED';
  entityType: string;
  identifier: string;
  entityUri: string;
}
