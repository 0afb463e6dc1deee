/** The plugin's side of the socket, as a test needs it. */
import { connect, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { decodeAnswer, encodeRequest, type FrameAnswer } from '@vcn-cni/cni-runtime/plugin';

export const networkConfig = (name = 'net') =>
  JSON.stringify({ cniVersion: '1.1.0', name, type: 'oci-vcn' });

export function requestFrame(
  verb: string,
  containerId: string,
  stdin = networkConfig(),
): Uint8Array {
  return encodeRequest({
    environment: {
      CNI_COMMAND: verb,
      CNI_CONTAINERID: containerId,
      CNI_IFNAME: 'eth0',
      CNI_NETNS: '/run/netns/none',
      CNI_PATH: '/opt/cni/bin',
    },
    stdin: Buffer.from(stdin),
  });
}

/** Connects as a relay does: tries again until something listens. */
export async function dial(path: string, patienceMs = 5_000): Promise<Socket> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const socket = connect({ path, allowHalfOpen: true });
    const outcome = await new Promise<Error | undefined>((resolve) => {
      socket.once('connect', () => resolve(undefined)).once('error', resolve);
    });
    if (!outcome) return socket;
    if (performance.now() > until) throw outcome;
    await delay(5);
  }
}

/** Everything that comes until the end. */
export async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of socket) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** One execution: one frame out, one frame back. */
export async function call(path: string, frame: Uint8Array): Promise<FrameAnswer> {
  const socket = await dial(path);
  socket.write(frame);
  const answer = decodeAnswer(await readAll(socket));
  socket.destroy();
  return answer;
}
