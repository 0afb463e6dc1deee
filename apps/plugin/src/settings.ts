import { deadlines } from './deadlines.ts';
import { PluginFailure } from './plugin-failure.ts';

/** Where the daemon listens, unless `VCN_CNI_SOCKET` names another path. */
export const defaultSocket = '/run/vcn-cni/cni.sock';

export interface Settings {
  socket: string;
  /** Milliseconds; see `deadlines`. */
  connectTimeout: number;
  timeout: number;
}

/** @throws PluginFailure naming the variable and its value */
export function readSettings(command: string, get: (name: string) => string | undefined): Settings {
  const socket = get('VCN_CNI_SOCKET') || defaultSocket;
  // sun_path of struct sockaddr_un has 108 bytes, the last of them NUL.
  if (Buffer.byteLength(socket) > 107) {
    throw new PluginFailure('badSocket', `VCN_CNI_SOCKET is ${socket}`);
  }
  const timeout = milliseconds('VCN_CNI_TIMEOUT_MS', get, deadlines.total);
  const connect = milliseconds('VCN_CNI_CONNECT_TIMEOUT_MS', get, connectDefault(command));
  return { socket, timeout, connectTimeout: Math.min(connect, timeout) };
}

function connectDefault(command: string): number {
  if (command === 'DEL') return deadlines.connectDel;
  return command === 'STATUS' ? deadlines.connectStatus : deadlines.connect;
}

function milliseconds(
  name: string,
  get: (name: string) => string | undefined,
  otherwise: number,
): number {
  const text = get(name) || String(otherwise);
  if (!/^\d{1,7}$/.test(text)) throw new PluginFailure('badTimeout', `${name} is ${text}`);
  return Number(text);
}
