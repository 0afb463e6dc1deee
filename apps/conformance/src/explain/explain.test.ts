import { describe, expect, it } from 'vitest';
import { explain } from './explain.ts';
import { explanationText } from './explanation-text.ts';
import { listRequirements, listText } from './list.ts';

describe('explain', () => {
  it('explains a requirement with all its cases, a case alone', () => {
    const { cases, url } = explain('DEL-01');
    expect(cases.map(({ id }) => id)).toContain('DEL-01/own');
    expect(url).toMatch(/SPEC\.md#section-2-execution-protocol$/);
    expect(explain('DEL-01/own').cases.map(({ id }) => id)).toEqual(['DEL-01/own']);
  });
  it('tells what a case catches, and who differs', () => {
    const text = explanationText(explain('VER-02'));
    expect(text).toMatch(/^VER-02 {2}MUST {2}Section 5: Version Success/);
    expect(text).toContain('catches   version-constant');
    expect(text).toContain('deviation version-not-echoed: every plugin built on');
    expect(text.split('\n').every((line) => line.length <= 100)).toBe(true);
  });
  it('names an id that does not exist', () => {
    expect(() => explain('DEL-99')).toThrow('DEL-99: no such requirement or case');
  });
});

describe('list', () => {
  it('has requirements with their cases, or the reason why there is none', () => {
    const listed = listRequirements();
    expect(listed.find(({ id }) => id === 'DEL-06')?.cases).not.toEqual([]);
    const text = listText(listed);
    expect(text).toContain('    DEL-01/own ');
    expect(text).toMatch(/ {2}CFG-15 .*\n {4}not tested: /);
  });
});
