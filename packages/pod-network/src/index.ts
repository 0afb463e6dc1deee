export type { NodeFacts, VnicFacts } from './node.ts';
export { defaultSettings, type HostSettings } from './settings.ts';
