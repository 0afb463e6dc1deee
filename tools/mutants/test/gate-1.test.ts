import { gate } from './gate.ts';

gate(0, 2);
