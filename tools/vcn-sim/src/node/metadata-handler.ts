import type { IncomingHttpHeaders, RequestListener } from 'node:http';

const base = '/opc/v2/';
const forwarding = ['forwarded', 'x-forwarded-for', 'x-forwarded-host'];

/**
 * Version 2 of the metadata service: whole documents, single items (`/vnics/0/`) and plain properties
 * (`/vnics/0/privateIp`). `document` undefined: the instance is gone.
 */
export function metadataHandler(document: Record<string, unknown> | undefined): RequestListener {
  return ({ url = '/', headers }, response) => {
    const refusal = refusalOf(headers);
    const path = new URL(url, 'http://metadata').pathname;
    const found = path.startsWith(base) ? lookUp(document, path.slice(base.length)) : undefined;
    const status = refusal ?? (found === undefined ? 404 : 200);
    const isText = typeof found !== 'object';
    response.writeHead(status, {
      'content-type': status === 200 && !isText ? 'application/json' : 'text/plain',
    });
    if (status === 200) response.end(isText ? String(found) : JSON.stringify(found));
    else response.end(`${status}\n`);
  };
}

/** What was sent on by a proxy is refused, and so is what does not say that it means the service. */
function refusalOf(headers: IncomingHttpHeaders): number | undefined {
  if (forwarding.some((name) => headers[name] !== undefined)) return 403;
  return headers.authorization === 'Bearer Oracle' ? undefined : 401;
}

function lookUp(document: unknown, path: string): unknown {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .reduce<unknown>((value, segment) => {
      const isBranch = typeof value === 'object' && value !== null;
      return isBranch && Object.hasOwn(value, segment)
        ? (value as Record<string, unknown>)[segment]
        : undefined;
    }, document);
}
