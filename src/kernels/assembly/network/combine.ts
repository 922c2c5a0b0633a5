import { loadLanes, storeLanes } from './lanes';

// A list holds entries of 8 bytes, where a patch begins (u32) and its coefficient (float32). V8 gives registers out better in
// small functions: the index exports those here, or else the compiler would put them all into the one that calls them.

/**
 * out += Σ coefficient · patch over the list, for `vectors` (1 to 13) times 4 numbers from `skip` bytes after each patch's
 * beginning on. The sums begin with what `out` holds: begun with the constant 0, V8 keeps one of them in memory.
 */
@inline
function addVectors(vectors: i32, list: usize, end: usize, skip: usize, out: usize): void {
  const none = f32x4.splat(0);
  let s0 = v128.load(out);
  let s1 = vectors > 1 ? v128.load(out, 16) : none;
  let s2 = vectors > 2 ? v128.load(out, 32) : none;
  let s3 = vectors > 3 ? v128.load(out, 48) : none;
  let s4 = vectors > 4 ? v128.load(out, 64) : none;
  let s5 = vectors > 5 ? v128.load(out, 80) : none;
  let s6 = vectors > 6 ? v128.load(out, 96) : none;
  let s7 = vectors > 7 ? v128.load(out, 112) : none;
  let s8 = vectors > 8 ? v128.load(out, 128) : none;
  let s9 = vectors > 9 ? v128.load(out, 144) : none;
  let s10 = vectors > 10 ? v128.load(out, 160) : none;
  let s11 = vectors > 11 ? v128.load(out, 176) : none;
  let s12 = vectors > 12 ? v128.load(out, 192) : none;
  for (; list < end; list += 8) {
    const p = <usize>load<u32>(list) + skip;
    const g = v128.load32_splat(list, 4);
    s0 = f32x4.add(s0, f32x4.mul(g, v128.load(p)));
    if (vectors > 1) s1 = f32x4.add(s1, f32x4.mul(g, v128.load(p, 16)));
    if (vectors > 2) s2 = f32x4.add(s2, f32x4.mul(g, v128.load(p, 32)));
    if (vectors > 3) s3 = f32x4.add(s3, f32x4.mul(g, v128.load(p, 48)));
    if (vectors > 4) s4 = f32x4.add(s4, f32x4.mul(g, v128.load(p, 64)));
    if (vectors > 5) s5 = f32x4.add(s5, f32x4.mul(g, v128.load(p, 80)));
    if (vectors > 6) s6 = f32x4.add(s6, f32x4.mul(g, v128.load(p, 96)));
    if (vectors > 7) s7 = f32x4.add(s7, f32x4.mul(g, v128.load(p, 112)));
    if (vectors > 8) s8 = f32x4.add(s8, f32x4.mul(g, v128.load(p, 128)));
    if (vectors > 9) s9 = f32x4.add(s9, f32x4.mul(g, v128.load(p, 144)));
    if (vectors > 10) s10 = f32x4.add(s10, f32x4.mul(g, v128.load(p, 160)));
    if (vectors > 11) s11 = f32x4.add(s11, f32x4.mul(g, v128.load(p, 176)));
    if (vectors > 12) s12 = f32x4.add(s12, f32x4.mul(g, v128.load(p, 192)));
  }
  v128.store(out, s0);
  if (vectors > 1) v128.store(out, s1, 16);
  if (vectors > 2) v128.store(out, s2, 32);
  if (vectors > 3) v128.store(out, s3, 48);
  if (vectors > 4) v128.store(out, s4, 64);
  if (vectors > 5) v128.store(out, s5, 80);
  if (vectors > 6) v128.store(out, s6, 96);
  if (vectors > 7) v128.store(out, s7, 112);
  if (vectors > 8) v128.store(out, s8, 128);
  if (vectors > 9) v128.store(out, s9, 144);
  if (vectors > 10) v128.store(out, s10, 160);
  if (vectors > 11) v128.store(out, s11, 176);
  if (vectors > 12) v128.store(out, s12, 192);
}

export function add13(list: usize, end: usize, skip: usize, out: usize): void {
  addVectors(13, list, end, skip, out);
}

export function add12(list: usize, end: usize, skip: usize, out: usize): void {
  addVectors(12, list, end, skip, out);
}

export function add8(list: usize, end: usize, skip: usize, out: usize): void {
  addVectors(8, list, end, skip, out);
}

export function add4(list: usize, end: usize, skip: usize, out: usize): void {
  addVectors(4, list, end, skip, out);
}

export function add1(list: usize, end: usize, skip: usize, out: usize): void {
  addVectors(1, list, end, skip, out);
}

/** As `addVectors`, for the last `count` numbers of a patch's line, from 1 to 3; reads nothing beyond them. */
export function addLanes(list: usize, end: usize, skip: usize, count: usize, out: usize): void {
  let sum = f32x4.splat(0);
  for (; list < end; list += 8) {
    const values = loadLanes(<usize>load<u32>(list) + skip, count);
    sum = f32x4.add(sum, f32x4.mul(v128.load32_splat(list, 4), values));
  }
  storeLanes(out, f32x4.add(loadLanes(out, count), sum), count);
}

/** As `addCombination`, for one line of the patches, `skip` bytes after their beginnings. */
export function addLine(list: usize, end: usize, skip: usize, length: usize, out: usize): void {
  for (; length >= 52; length -= 52) {
    add13(list, end, skip, out);
    skip += 208;
    out += 208;
  }
  if (length >= 48) {
    add12(list, end, skip, out);
    skip += 192;
    out += 192;
    length -= 48;
  }
  if (length >= 32) {
    add8(list, end, skip, out);
    skip += 128;
    out += 128;
    length -= 32;
  }
  if (length >= 16) {
    add4(list, end, skip, out);
    skip += 64;
    out += 64;
    length -= 16;
  }
  for (; length >= 4; length -= 4) {
    add1(list, end, skip, out);
    skip += 16;
    out += 16;
  }
  if (length > 0) addLanes(list, end, skip, length, out);
}

/**
 * As `addCombination`, for 5 lines of 5 to 7 numbers: two vectors each, the second moved back to the line's end, where it holds
 * some sums a second time, to the same bits.
 */
function addShortLines(list: usize, end: usize, length: usize, source: usize, out: usize, target: usize): void {
  const back: usize = 4 * length - 16;
  let a0 = v128.load(out);
  let a1 = v128.load(out + back);
  let b0 = v128.load(out + target);
  let b1 = v128.load(out + target + back);
  let c0 = v128.load(out + 2 * target);
  let c1 = v128.load(out + 2 * target + back);
  let d0 = v128.load(out + 3 * target);
  let d1 = v128.load(out + 3 * target + back);
  let e0 = v128.load(out + 4 * target);
  let e1 = v128.load(out + 4 * target + back);
  for (; list < end; list += 8) {
    const g = v128.load32_splat(list, 4);
    let p = <usize>load<u32>(list);
    a0 = f32x4.add(a0, f32x4.mul(g, v128.load(p)));
    a1 = f32x4.add(a1, f32x4.mul(g, v128.load(p + back)));
    p += source;
    b0 = f32x4.add(b0, f32x4.mul(g, v128.load(p)));
    b1 = f32x4.add(b1, f32x4.mul(g, v128.load(p + back)));
    p += source;
    c0 = f32x4.add(c0, f32x4.mul(g, v128.load(p)));
    c1 = f32x4.add(c1, f32x4.mul(g, v128.load(p + back)));
    p += source;
    d0 = f32x4.add(d0, f32x4.mul(g, v128.load(p)));
    d1 = f32x4.add(d1, f32x4.mul(g, v128.load(p + back)));
    p += source;
    e0 = f32x4.add(e0, f32x4.mul(g, v128.load(p)));
    e1 = f32x4.add(e1, f32x4.mul(g, v128.load(p + back)));
  }
  v128.store(out, a0);
  v128.store(out + back, a1);
  out += target;
  v128.store(out, b0);
  v128.store(out + back, b1);
  out += target;
  v128.store(out, c0);
  v128.store(out + back, c1);
  out += target;
  v128.store(out, d0);
  v128.store(out + back, d1);
  out += target;
  v128.store(out, e0);
  v128.store(out + back, e1);
}

/**
 * out[s·target + k] += Σ coefficient · patch[s·source + k] over the list from `list` to `end`, for s < `lines` and k < `length`
 * numbers, the lines of patches `source` bytes apart and those of `out` `target` bytes.
 */
export function addCombination(
  list: usize,
  end: usize,
  lines: usize,
  length: usize,
  source: usize,
  out: usize,
  target: usize,
): void {
  if (lines == 5 && length > 4 && length < 8) {
    addShortLines(list, end, length, source, out, target);
    return;
  }
  for (let s: usize = 0; s < lines; s++) addLine(list, end, s * source, length, out + s * target);
}

/** The sum of the list's coefficients, in four parts. */
export function sumCoefficients(list: usize, end: usize): f32 {
  let a: f32 = 0, b: f32 = 0, c: f32 = 0, d: f32 = 0;
  for (; list + 32 <= end; list += 32) {
    a += load<f32>(list, 4);
    b += load<f32>(list, 12);
    c += load<f32>(list, 20);
    d += load<f32>(list, 28);
  }
  for (; list < end; list += 8) a += load<f32>(list, 4);
  return a + b + (c + d);
}
