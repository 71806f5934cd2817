/** Bytes of one number; names as in the safetensors library. */
const itemBytes = new Map(
  Object.entries({
    BOOL: 1,
    U8: 1,
    I8: 1,
    F8_E5M2: 1,
    F8_E4M3: 1,
    F8_E8M0: 1,
    U16: 2,
    I16: 2,
    F16: 2,
    BF16: 2,
    U32: 4,
    I32: 4,
    F32: 4,
    U64: 8,
    I64: 8,
    F64: 8,
    C64: 8,
  }),
)

/** The bytes of a tensor; undefined for a dtype that is not known. */
export function tensorBytes(dtype: unknown, shape: readonly number[]): number | undefined {
  const size = typeof dtype === 'string' ? itemBytes.get(dtype) : undefined
  return size && shape.reduce((product, n) => product * n, size)
}
