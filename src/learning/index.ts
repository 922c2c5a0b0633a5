import { cnn } from './cnn.js';
import { linear } from './linear.js';
import { logistic } from './logistic.js';
import { mlp } from './mlp.js';
import { quadratic } from './quadratic.js';
import { softmax } from './softmax.js';

/** What can be learned, by its name in scenario files. */
export const models = { quadratic, linear, logistic, softmax, mlp, cnn };
