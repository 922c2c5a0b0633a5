import { over } from './rules.js';
import { testLaws } from './test-laws.js';

testLaws(over('clipped-differences'));
