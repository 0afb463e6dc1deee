/** One operation on a state: what the kernel makes of it, cascades included. */
import { type Model, modelOf, stateOf } from './model.ts';
import type { ActualState, Operation } from './state.ts';
import {
  deleteAddress,
  deleteNeighbour,
  deleteRoute,
  deleteRule,
  putAddress,
  putNeighbour,
  putRoute,
  putRule,
  setSysctl,
} from './step-entry.ts';
import { createLink, deleteLink, setLink } from './step-link.ts';

type Steps = {
  [Name in Operation['op']]: (model: Model, operation: Extract<Operation, { op: Name }>) => void;
};

const steps: Steps = {
  'link.create': (model, { link }) => createLink(model, link),
  'link.set': (model, { link }) => setLink(model, link),
  'link.delete': deleteLink,
  'address.put': (model, { address }) => putAddress(model, address),
  'address.delete': (model, { address }) => deleteAddress(model, address),
  'route.put': (model, { route }) => putRoute(model, route),
  'route.delete': (model, { route }) => deleteRoute(model, route),
  'rule.put': (model, { rule }) => putRule(model, rule),
  'rule.delete': (model, { rule }) => deleteRule(model, rule),
  'neighbour.put': (model, { neighbour }) => putNeighbour(model, neighbour),
  'neighbour.delete': (model, { neighbour }) => deleteNeighbour(model, neighbour),
  'sysctl.set': (model, { sysctl }) => setSysctl(model, sysctl),
};

/**
 * Changes the model in place.
 * @throws Refusal where the kernel would refuse; the model is then as before
 */
export function stepModel(model: Model, operation: Operation): void {
  const apply = steps[operation.op] as (model: Model, operation: Operation) => void;
  apply(model, operation);
}

/**
 * The next state; the given one is left as it is. What the kernel makes by itself (connected routes,
 * link-local addresses, the table local) is not part of it.
 * @throws Refusal where the kernel would refuse
 */
export function step(state: ActualState, operation: Operation): ActualState {
  const model = modelOf(state);
  stepModel(model, operation);
  return stateOf(model);
}
