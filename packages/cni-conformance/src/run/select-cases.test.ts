import { describe, expect, it } from 'vitest';
import { selectCases } from './select-cases.ts';

const cases = ['DEL-01/own', 'DEL-01/all', 'DEL-06', 'VER-02'].map((id) => ({ id }));
const ids = (selection: Parameters<typeof selectCases>[1]) =>
  selectCases(cases, selection).map(({ id }) => id);

describe('selectCases', () => {
  it('takes all without a selection', () => {
    expect(ids({})).toHaveLength(4);
  });
  it('takes a case, a requirement, a group', () => {
    expect(ids({ only: ['DEL-01/own'] })).toEqual(['DEL-01/own']);
    expect(ids({ only: ['DEL-01', 'VER-02'] })).toEqual(['DEL-01/own', 'DEL-01/all', 'VER-02']);
    expect(ids({ only: ['DEL'] })).toEqual(['DEL-01/own', 'DEL-01/all', 'DEL-06']);
  });
  it('takes a section by its number or its words', () => {
    expect(ids({ sections: ['5'] })).toEqual(['VER-02']);
    expect(ids({ sections: ['del'], only: ['DEL-06', 'VER-02'] })).toEqual(['DEL-06']);
  });
  it('names what names nothing', () => {
    expect(() => ids({ only: ['DEL-0'] })).toThrow('DEL-0: no such case or requirement');
    expect(() => ids({ sections: ['9'] })).toThrow('9: no such section');
  });
});
