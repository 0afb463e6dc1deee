import { invalidParameter, missingParameter } from '../cloud/api-error.ts';
import type { Effect, Fault } from '../cloud/faults.ts';
import { federationOperation } from './federation.ts';
import type { Fields } from './fields.ts';
import { operations } from './router.ts';

const names = ['*', federationOperation, ...operations.map(({ name }) => name)];
const kinds = ['throttle', 'server-error', 'deny', 'answer', 'lost', 'away', 'delay'] as const;

/** `{ "operation": "CreatePrivateIp", "effect": { "kind": "lost" }, "times": 1 }` */
export function readFault(body: Fields): Fault {
  const operation = body.need('operation');
  if (!names.includes(operation)) {
    throw invalidParameter(`operation ${operation} must be one of ${names.join(' ')}.`);
  }
  const effect = body.object('effect');
  if (!effect) throw missingParameter('effect is required.');
  const times = body.whole('times');
  return { operation, effect: readEffect(effect), ...(times !== undefined && { times }) };
}

function readEffect(body: Fields): Effect {
  const kind = body.oneOf('kind', kinds);
  if (kind === undefined) throw missingParameter(`effect.kind must be one of ${kinds.join(', ')}.`);
  if (kind === 'delay') return { kind, ms: need(body, 'ms') };
  if (kind !== 'answer') return { kind };
  const message = body.text('message');
  return {
    kind,
    status: need(body, 'status'),
    code: body.need('code'),
    ...(message !== undefined && { message }),
  };
}

function need(body: Fields, name: string): number {
  const value = body.whole(name);
  if (value === undefined) throw missingParameter(`effect.${name} is required.`);
  return value;
}
