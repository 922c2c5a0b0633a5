import { z } from 'zod';

/** The schema behind `optional` and `default`. */
export const bare = (schema: unknown): unknown => {
  let inner = schema;
  while (inner instanceof z.ZodOptional || inner instanceof z.ZodDefault) inner = inner.unwrap();
  return inner;
};
