// Lists of u32 in memory.

export function load32(pointer: u32, i: u32): u32 {
  return load<u32>(pointer + (i << 2))
}

export function store32(pointer: u32, i: u32, value: u32): void {
  store<u32>(pointer + (i << 2), value)
}
