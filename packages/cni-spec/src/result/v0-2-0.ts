/** SPEC 0.2.0: the result of 0.1.0. */
export { resultSchema010 as resultSchema020 } from './v0-1-0.ts';
