import { identityPart } from './identity.js';
import { l2QuantizationPart } from './l2-quantization.js';
import { randKPart } from './randk.js';
import { signPart } from './sign.js';
import { topKPart } from './topk.js';

export type {
  Compressor,
  CompressorConstants,
  CompressorRule,
  CompressorShape,
  CompressorState,
} from './compressor.js';
export { identity } from './identity.js';
export { l2Quantization } from './l2-quantization.js';
export { randK } from './randk.js';
export { sign } from './sign.js';
export { topK, type TopKOptions } from './topk.js';

/** The ways to compress messages that scenarios can name. */
export const compressors = {
  identity: identityPart,
  randk: randKPart,
  topk: topKPart,
  'l2-quantization': l2QuantizationPart,
  sign: signPart,
};
