export type { Backend, BackendState, Detection } from './detect.ts';
export {
  type Applied,
  type CallOptions,
  type Iptables,
  type IptablesOptions,
  iptables,
} from './iptables.ts';
export { IptablesError } from './iptables-error.ts';
