import type { World } from '../cloud/world.ts';
import type { Fields } from './fields.ts';
import type { ApiAnswer } from './message.ts';

/** One operation of the service. */
export interface Operation {
  /** As in Oracle's API reference: `CreatePrivateIp`. */
  name: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `{id}` stands for one segment. */
  path: string;
  run(call: Call): ApiAnswer;
}

/** What an operation works on. */
export interface Call {
  world: World;
  /** What `{id}` of the path stands for. */
  id: string;
  query: URLSearchParams;
  body: Fields;
  ifMatch: string | undefined;
}
