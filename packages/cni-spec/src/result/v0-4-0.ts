/** SPEC 0.4.0: the result of 0.3.1. */
export { resultSchema030 as resultSchema040 } from './v0-3-0.ts';
