import type { Tags } from './wire.ts';

/**
 * Freeform tag that names the call which made a resource, by its retry token. With it a call whose answer was lost is
 * recognised in a list, whatever became of the service's own memory of retry tokens.
 */
const callTag = 'vcn-cni-call';

export const withCallTag = (tags: Readonly<Tags>, retryToken: string): Tags => ({
  ...tags,
  [callTag]: retryToken,
});

export function withoutCallTag(tags: Tags | undefined): Tags {
  const { [callTag]: _, ...others } = tags ?? {};
  return others;
}

export const hasCallTag = (tags: Tags | undefined): boolean => tags?.[callTag] !== undefined;

export const isOfCall = (tags: Tags | undefined, retryToken: string): boolean =>
  tags?.[callTag] === retryToken;
