import { request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a daemon answers to a GET on its operators' socket; rejects where nothing answers. */
export function getCtl(socketPath: string, path: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath, path, agent: false }, (response) => {
      text(response).then((body) => resolve(JSON.parse(body)), reject);
    });
    call.on('error', reject);
    call.end();
  });
}
