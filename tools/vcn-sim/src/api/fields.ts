import { ApiError, invalidParameter, missingParameter } from '../cloud/api-error.ts';

/** The fields of a JSON object, each read as what it must be; ApiError 400 names one that is not. */
export interface Fields {
  text(name: string): string | undefined;
  need(name: string): string;
  whole(name: string): number | undefined;
  flag(name: string): boolean | undefined;
  texts(name: string): string[] | undefined;
  oneOf<T extends string>(name: string, values: readonly T[]): T | undefined;
  tags(name: string): Record<string, string> | undefined;
  object(name: string): Fields | undefined;
  objects(name: string): Fields[] | undefined;
  /** As it is. */
  raw(name: string): unknown;
}

/** Reads the body of a request; an empty one has no fields. */
export function parseBody(body: Uint8Array): Fields {
  if (body.length === 0) return fieldsOf({}, '');
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(body).toString());
  } catch {
    throw new ApiError(400, 'CannotParseRequest', 'The body is no JSON.');
  }
  return fieldsOf(value, '');
}

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new ApiError(400, 'CannotParseRequest', `${path || 'The body'} is no JSON object.`);
  }
  const fields = value as Record<string, unknown>;
  const read = <T>(
    name: string,
    what: string,
    fits: (value: unknown) => value is T,
  ): T | undefined => {
    const found = fields[name];
    if (found === undefined || found === null) return undefined;
    if (!fits(found)) throw invalidParameter(`${path}${name} must be ${what}.`);
    return found;
  };
  const text = (name: string) => read(name, 'a text of 1 to 255 characters', isText);
  return {
    text,
    need: (name) => {
      const found = text(name);
      if (found === undefined) throw missingParameter(`${path}${name} is required.`);
      return found;
    },
    whole: (name) => read(name, 'a whole number', (v): v is number => Number.isInteger(v)),
    flag: (name) => read(name, 'true or false', (v): v is boolean => typeof v === 'boolean'),
    texts: (name) =>
      read(name, 'a list of texts', (v): v is string[] => Array.isArray(v) && v.every(isText)),
    oneOf: <T extends string>(name: string, values: readonly T[]) =>
      read(name, `one of ${values.join(', ')}`, (v): v is T => values.includes(v as T)),
    tags: (name) => read(name, 'an object of texts', isTags),
    object: (name) => {
      const found = fields[name];
      return found === undefined || found === null ? undefined : fieldsOf(found, `${path}${name}.`);
    },
    objects: (name) =>
      read(name, 'a list', (v): v is unknown[] => Array.isArray(v))?.map((item, index) =>
        fieldsOf(item, `${path}${name}[${index}].`),
      ),
    raw: (name) => fields[name],
  };
}

const isText = (value: unknown): value is string =>
  typeof value === 'string' && value.length >= 1 && value.length <= 255;

const isTags = (value: unknown): value is Record<string, string> =>
  typeof value === 'object' &&
  value !== null &&
  Object.values(value).every((tag) => typeof tag === 'string');
