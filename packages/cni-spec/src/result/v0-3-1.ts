/** SPEC 0.3.1: the result of 0.3.0 as it was meant, with `ips`. */
export { resultSchema030 as resultSchema031 } from './v0-3-0.ts';
