import { expect, test } from 'vitest';
import { openAsCaller } from './caller-namespace.ts';

/** Opens what is there; anything else is missing. */
const opener = (present: string[], tried: string[] = []) => {
  const open = (path: string) => {
    tried.push(path);
    if (present.includes(path)) return path;
    throw Object.assign(new Error(path), { reason: path === '/denied' ? 'denied' : 'missing' });
  };
  return { open, tried };
};

test('a path that is visible here is opened here', () => {
  const { open, tried } = opener(['/run/netns/a']);
  expect(openAsCaller(open, '/run/netns/a', 7)).toBe('/run/netns/a');
  expect(tried).toEqual(['/run/netns/a']);
});

test("else it is opened below the caller's root, whose /var/run may be a link", () => {
  const inside = '/proc/7/root/run/netns/a';
  expect(openAsCaller(opener([inside]).open, '/var/run/netns/a', 7)).toBe(inside);
});

test('the error is about the path that was given; without a caller nothing else is tried', () => {
  expect(() => openAsCaller(opener([]).open, '/run/netns/a', 7)).toThrow(/^\/run\/netns\/a$/);
  const { open, tried } = opener([]);
  expect(() => openAsCaller(open, '/run/netns/a', undefined)).toThrow();
  expect(() => openAsCaller(open, '/denied', 7)).toThrow();
  expect(tried).toEqual(['/run/netns/a', '/denied']);
});
