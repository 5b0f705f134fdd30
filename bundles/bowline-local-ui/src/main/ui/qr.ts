/** QR codes as ISO/IEC 18004 has them: bytes, error correction L, versions 1 to 15. */

const ECC_PER_BLOCK = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6];
const FORMAT_L_MASK_0 = 0x77c4; // level L, mask 0, with its own error correction

type Grid = (boolean | null)[][];

/** Dark squares, row by row; null if the text is too long. ASCII only. */
export function qr(text: string): boolean[][] | null {
  for (let version = 1; version <= BLOCKS.length; version++) {
    const room = dataBytes(version);
    if (text.length + (version < 10 ? 2 : 3) <= room) {
      return draw(version, interleave(version, fill(text, version, room)));
    }
  }
  return null;
}

function rawBits(version: number): number {
  const align = version < 2 ? 0 : Math.floor(version / 7) + 2;
  const taken = align === 0 ? 0 : (25 * align - 10) * align - 55;
  return (16 * version + 128) * version + 64 - taken - (version < 7 ? 0 : 36);
}

const allBytes = (version: number) => Math.floor(rawBits(version) / 8);

const dataBytes = (version: number) =>
  allBytes(version) - ECC_PER_BLOCK[version - 1] * BLOCKS[version - 1];

function fill(text: string, version: number, room: number): number[] {
  const bits: number[] = [];
  const put = (value: number, count: number) => {
    for (let i = count - 1; i >= 0; i--) bits.push((value >> i) & 1);
  };
  put(4, 4);
  put(text.length, version < 10 ? 8 : 16);
  for (let i = 0; i < text.length; i++) put(text.charCodeAt(i), 8);
  put(0, 4);
  const bytes: number[] = [];
  for (let i = 0; i < bits.length; i += 8) {
    bytes.push(bits.slice(i, i + 8).reduce((byte, bit) => byte * 2 + bit, 0));
  }
  for (let pad = 0xec; bytes.length < room; pad ^= 0xec ^ 0x11) bytes.push(pad);
  return bytes;
}

/** Cuts the data into blocks, adds each block's correction, and deals both out in turn. */
function interleave(version: number, data: number[]): number[] {
  const count = BLOCKS[version - 1];
  const divisor = generator(ECC_PER_BLOCK[version - 1]);
  const short = Math.floor(data.length / count);
  const longer = count - (data.length % count); // from this block on, one byte more
  const blocks: number[][] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    const end = at + short + (i >= longer ? 1 : 0);
    blocks.push(data.slice(at, end));
    at = end;
  }
  return deal(blocks).concat(deal(blocks.map((block) => remainder(block, divisor))));
}

function deal(blocks: number[][]): number[] {
  const all: number[] = [];
  const longest = Math.max(blocks[0].length, blocks[blocks.length - 1].length);
  for (let i = 0; i < longest; i++) {
    blocks.forEach((block) => {
      if (i < block.length) all.push(block[i]);
    });
  }
  return all;
}

/** Multiplies in GF(256) with the polynomial 0x11d. */
function times(x: number, y: number): number {
  let z = 0;
  for (let i = 7; i >= 0; i--) {
    z = (z << 1) ^ ((z >> 7) * 0x11d);
    z ^= ((y >> i) & 1) * x;
  }
  return z;
}

function generator(degree: number): number[] {
  const result: number[] = new Array<number>(degree - 1).fill(0).concat(1);
  let root = 1;
  for (let i = 0; i < degree; i++) {
    for (let j = 0; j < degree; j++) {
      result[j] = times(result[j], root) ^ (j + 1 < degree ? result[j + 1] : 0);
    }
    root = times(root, 2);
  }
  return result;
}

function remainder(data: number[], divisor: number[]): number[] {
  let rest = divisor.map(() => 0);
  data.forEach((byte) => {
    const factor = byte ^ rest[0];
    rest = rest.slice(1).concat(0).map((value, i) => value ^ times(divisor[i], factor));
  });
  return rest;
}

function draw(version: number, bytes: number[]): boolean[][] {
  const size = version * 4 + 17;
  const grid: Grid = Array.from({ length: size }, () => new Array<boolean | null>(size).fill(null));
  patterns(grid, version);
  let bit = 0;
  let upwards = true;
  for (let right = size - 1; right >= 1; right -= 2) {
    if (right === 6) right = 5; // the timing pattern takes a column of its own
    for (let step = 0; step < size; step++) {
      const y = upwards ? size - 1 - step : step;
      for (let x = right; x > right - 2; x--) {
        if (grid[y][x] !== null) continue;
        const dark = ((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
        grid[y][x] = (dark === 1) !== ((x + y) % 2 === 0); // mask 0
        bit++;
      }
    }
    upwards = !upwards;
  }
  return grid.map((row) => row.map((dark) => dark === true));
}

function patterns(grid: Grid, version: number) {
  const size = grid.length;
  for (let i = 0; i < size; i++) {
    grid[6][i] = i % 2 === 0;
    grid[i][6] = i % 2 === 0;
  }
  [[3, 3], [size - 4, 3], [3, size - 4]].forEach((at) => square(grid, at[0], at[1], 4));
  const centres = alignment(version, size);
  const last = centres.length - 1;
  centres.forEach((y, i) =>
    centres.forEach((x, j) => {
      const corner = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
      if (!corner) square(grid, x, y, 2);
    }),
  );
  format(grid);
  if (version >= 7) number(grid, version);
}

/** Rings around a centre: every second one is light. */
function square(grid: Grid, x: number, y: number, reach: number) {
  for (let dy = -reach; dy <= reach; dy++) {
    for (let dx = -reach; dx <= reach; dx++) {
      const ring = Math.max(Math.abs(dx), Math.abs(dy));
      const inside = grid[y + dy] && x + dx >= 0 && x + dx < grid.length;
      if (inside) grid[y + dy][x + dx] = reach === 4 ? ring !== 2 && ring !== 4 : ring !== 1;
    }
  }
}

function alignment(version: number, size: number): number[] {
  if (version === 1) return [];
  const count = Math.floor(version / 7) + 2;
  const step = Math.ceil((version * 4 + 4) / (count * 2 - 2)) * 2;
  const centres = [6];
  for (let i = count - 2; i >= 0; i--) centres.push(size - 7 - i * step);
  return centres;
}

function format(grid: Grid) {
  const size = grid.length;
  for (let i = 0; i < 15; i++) {
    const dark = ((FORMAT_L_MASK_0 >> i) & 1) === 1;
    const beside = i < 6 ? i : i < 8 ? i + 1 : size - 15 + i;
    const above = i < 8 ? size - 1 - i : i === 8 ? 7 : 14 - i;
    grid[beside][8] = dark;
    grid[8][above] = dark;
  }
  grid[size - 8][8] = true;
}

function number(grid: Grid, version: number) {
  let rest = version;
  for (let i = 0; i < 12; i++) rest = (rest << 1) ^ ((rest >> 11) * 0x1f25);
  const bits = (version << 12) | rest;
  for (let i = 0; i < 18; i++) {
    const dark = ((bits >> i) & 1) === 1;
    const far = grid.length - 11 + (i % 3);
    const near = Math.floor(i / 3);
    grid[near][far] = dark;
    grid[far][near] = dark;
  }
}
