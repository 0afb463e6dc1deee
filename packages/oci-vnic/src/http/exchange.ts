import { type Agent, type IncomingHttpHeaders, request as overHttp } from 'node:http';
import { request as overHttps, type RequestOptions } from 'node:https';

/** The most that an answer may hold, in bytes. */
const largest = 16 * 1024 * 1024;

export interface Exchange {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
  agent?: Agent;
  /** Certificates of the authorities that the server's certificate is held to, PEM. */
  ca?: readonly string[];
}

export interface Reply {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/**
 * One request and its whole answer; no redirects, no retries.
 * Rejects with what Node says (`ECONNREFUSED`, `ECONNRESET`, ...), or with the reason of the signal.
 */
export function exchange(ask: Exchange): Promise<Reply> {
  const url = new URL(ask.url);
  const options: RequestOptions = { method: ask.method, headers: ask.headers };
  if (ask.signal) options.signal = ask.signal;
  if (ask.agent) options.agent = ask.agent;
  if (ask.ca) options.ca = [...ask.ca];
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => reject(ask.signal?.aborted ? ask.signal.reason : error);
    const start = url.protocol === 'https:' ? overHttps : overHttp;
    const sent = start(url, options, (answer) => {
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > largest) answer.destroy(new Error(`an answer of more than ${largest} bytes`));
        else chunks.push(chunk);
      });
      answer.on('error', fail);
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          body: Buffer.concat(chunks).toString('utf8'),
        }),
      );
    });
    sent.on('error', fail);
    sent.end(ask.body);
  });
}
