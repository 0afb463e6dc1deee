export interface LabOptions {
  /** Made if missing; a temporary one by default. Removed at the end. */
  directory?: string;
  /** CIDR blocks of pod addresses. */
  blocks?: string[];
  /** Over the laboratory's own daemon configuration; objects are merged key by key. */
  config?: Record<string, unknown>;
  /** Which build of the plugin pods are made with; default: the relay where there is one. */
  plugin?: 'relay' | 'node';
  /** Standard error of the daemons; default: shown when one fails to start. */
  log?: (text: string) => void;
}
