export { needsForwardAccept, planForwardAccept } from './forward-accept.ts';
export { chainOwner, filterTable } from './names.ts';
export { type FilterPlan, planFilter } from './plan-filter.ts';
