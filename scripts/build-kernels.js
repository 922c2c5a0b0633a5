// Compiles the kernels in src/kernels/assembly to WebAssembly and writes them as a module that holds them as text, so that
// Node and browsers import them alike, without reading a file.
import { mkdirSync, writeFileSync, copyFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import process from 'node:process';
import { Buffer } from 'node:buffer';
import asc from 'assemblyscript/asc';

const root = join(import.meta.dirname, '..');
const output = join(root, 'dist', 'src', 'kernels', 'simd', 'binary.js');

let binary;
const { error, stderr } = await asc.main(
  [
    relative(process.cwd(), join(root, 'src', 'kernels', 'assembly', 'index.ts')),
    ...['--enable', 'simd', '--optimizeLevel', '3', '--shrinkLevel', '0', '--runtime', 'stub'],
    ...['--noAssert', '--importMemory', '--exportTable', '--config', 'none', '--outFile', 'binary.wasm'],
  ],
  {
    // What is compiled stays in memory.
    writeFile: (_name, contents) => void (binary = contents),
  },
);
if (error) {
  process.stderr.write(`${stderr.toString()}${error.message}\n`);
  process.exit(1);
}
mkdirSync(dirname(output), { recursive: true });
writeFileSync(output, `export const binary =\n  '${Buffer.from(binary).toString('base64')}';\n`);
copyFileSync(join(root, 'src', 'kernels', 'simd', 'binary.d.ts'), output.replace(/js$/, 'd.ts'));
process.stdout.write(`kernels: ${(binary.length / 1024).toFixed(1)} KB of WebAssembly\n`);
