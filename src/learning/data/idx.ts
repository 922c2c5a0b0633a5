/** An array of unsigned bytes of some dimensions, the last running fastest. */
export interface IdxArray {
  readonly dimensions: readonly number[];
  readonly values: Uint8Array;
}

/** Type code of unsigned bytes, the third byte of the magic number. */
const UNSIGNED_BYTE = 8;

const hex = (value: number): string => `0x${value.toString(16).padStart(8, '0')}`;

/**
 * Reads an IDX file of unsigned bytes in `rank` dimensions (LeCun, Cortes & Burges, "The MNIST database"): a magic number
 * (0, 0, 8, rank), `rank` big-endian sizes of 32 bits, then the values, which are lent from `bytes`.
 * Throws an Error that names `file` when the magic number differs or the length isn't exactly what the sizes say.
 */
export const parseIdx = (bytes: Uint8Array, file: string, rank: number): IdxArray => {
  const header = 4 + 4 * rank;
  if (bytes.length < 4) {
    throw new Error(`${file}: ends after ${bytes.length} bytes, expected an IDX header of ${header} bytes.`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0);
  const expectedMagic = UNSIGNED_BYTE * 256 + rank;
  if (magic !== expectedMagic) {
    throw new Error(
      `${file}: starts with the magic number ${hex(magic)}, expected ${hex(expectedMagic)} (IDX, unsigned bytes, dimensions: ${rank}).`,
    );
  }
  if (bytes.length < header) {
    throw new Error(`${file}: ends after ${bytes.length} bytes, expected an IDX header of ${header} bytes.`);
  }
  const dimensions = Array.from({ length: rank }, (_, k) => view.getUint32(4 + 4 * k));
  const expected = dimensions.reduce((product, size) => product * size, 1);
  const found = bytes.length - header;
  if (found !== expected) {
    throw new Error(
      `${file}: holds ${found} bytes of values, expected ${dimensions.join(' × ')} = ${expected} from its header.`,
    );
  }
  return { dimensions, values: bytes.subarray(header) };
};
