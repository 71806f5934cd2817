export { ByteReader, type ByteSource, CutOff } from './byte-reader.js'
export { encodeHeader, LONGEST_HEADER, type TensorPlace, takeHeader } from './safetensors-header.js'
