import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  encodeAnswer,
  type FrameAnswer,
  type FrameRequest,
  RequestDecoder,
} from '@vcn-cni/cni-runtime/plugin';
import type { CniError } from '@vcn-cni/cni-spec';
import { onTestFinished } from 'vitest';

/** The folder of the socket, removed with the test. */
export interface StateFolder {
  path: string;
  socket: string;
  spool: string;
}

export function stateFolder(options: { spool?: boolean } = {}): StateFolder {
  const path = mkdtempSync(join(tmpdir(), 'vcn-cni-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  const spool = join(path, 'spool');
  if (options.spool ?? true) mkdirSync(spool, { mode: 0o700 });
  return { path, socket: join(path, 'cni.sock'), spool };
}

/** One connection. Nothing is read from it before `request` is called. */
export interface Connection {
  socket: Socket;
  /** The request, or the error that answers it. */
  request(): Promise<FrameRequest | CniError>;
  /** Writes and closes. */
  answer(answer: FrameAnswer): void;
}

export interface FakeDaemon {
  connections: number;
  requests: (FrameRequest | CniError)[];
}

/** A daemon on the real socket that does with each connection what the test says. */
export async function fakeDaemon(
  path: string,
  serve: (connection: Connection, index: number) => unknown,
): Promise<FakeDaemon> {
  const daemon: FakeDaemon = { connections: 0, requests: [] };
  const open = new Set<Socket>();
  const server = createServer({ pauseOnConnect: true, allowHalfOpen: true }, (socket) => {
    open.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => open.delete(socket));
    const request = async () => {
      const value = await readRequest(socket);
      daemon.requests.push(value);
      return value;
    };
    const answer = (value: FrameAnswer) => socket.end(encodeAnswer(value));
    void serve({ socket, request, answer }, daemon.connections++);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(async () => {
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return daemon;
}

/** Reads the request and gives the same answer to everybody. */
export function answering(answer: FrameAnswer): (connection: Connection) => Promise<void> {
  return async (connection) => {
    await connection.request();
    connection.answer(answer);
  };
}

function readRequest(socket: Socket): Promise<FrameRequest | CniError> {
  const decoder = new RequestDecoder();
  return new Promise((resolve, reject) => {
    socket.on('data', (chunk) => {
      const state = decoder.push(chunk);
      if (state.state === 'done') resolve(state.value);
      if (state.state === 'malformed') resolve(state.error);
    });
    socket.on('close', () => reject(new Error('the plugin went away')));
    socket.resume();
  });
}
