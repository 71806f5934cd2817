// The draws of src/math/random.ts, bit for bit.

const GOLDEN: u32 = 0x9e3779b9

export function mix(x: u32): u32 {
  x = (x ^ (x >> 16)) * 0x7feb352d
  x = (x ^ (x >> 15)) * 0x846ca68b
  return x ^ (x >> 16)
}

export function draw(key: u32, position: u64): u32 {
  return mix(mix(<u32>position ^ key) + <u32>(position >> 32) * GOLDEN + key)
}

/** The next state of a stream that began at draw(key, position); its number is mix(state). */
export function nextState(state: u32): u32 {
  return state + GOLDEN
}

/** floor(random · limit / 2³²). */
export function scale(random: u32, limit: u32): u32 {
  return <u32>((<u64>random * <u64>limit) >> 32)
}
