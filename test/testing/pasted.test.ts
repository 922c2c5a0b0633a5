import { spawn } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test from 'ava';
import { assertLaws, BrokenRuleError } from '../../src/testing/index.js';
import { ending, folder } from '../cli/process.js';
import { lowerMedian } from './broken-rules.js';

const here = (path: string): string => new URL(path, import.meta.url).href;

test('the test to paste fails for the broken rule and passes for a sound one', async (t) => {
  const error = t.throws(() => assertLaws(lowerMedian), { instanceOf: BrokenRuleError });
  const [, pasted] = error.message.split('As a test:\n');
  const path = await folder(t);
  const codeWith = async (rule: string): Promise<number | null> => {
    const file = join(path, `${rule}.mjs`);
    const text = pasted!.replace("'tardigrade/testing'", `'${here('../../src/testing/index.js')}'`);
    await writeFile(file, `import { ${rule} as rule } from '${here('broken-rules.js')}';\n${text}`);
    return (await ending(spawn(process.execPath, [file]))).code;
  };
  t.deepEqual([await codeWith('lowerMedian'), await codeWith('middleMedian')], [1, 0]);
});
