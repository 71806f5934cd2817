import type { PointLook, PointSurface, Points } from './surface.js'

const VERTEX = `#version 300 es
in float x;
in float y;
in vec4 color;
in float diameter;
uniform vec2 middle;
uniform vec2 scale;
uniform float growth;
uniform float presence;
out vec4 shade;
out float pixels;
void main() {
  gl_Position = vec4((vec2(x, y) - middle) * scale, 0.0, 1.0);
  pixels = diameter * growth;
  gl_PointSize = pixels + 1.0;
  shade = vec4(color.rgb, color.a * presence);
}`

/** A disc with an edge of one pixel; color times opacity, as the page expects it. */
const FRAGMENT = `#version 300 es
precision mediump float;
in vec4 shade;
in float pixels;
out vec4 result;
void main() {
  float away = length(gl_PointCoord - 0.5) * (pixels + 1.0);
  float opacity = shade.a * clamp((pixels + 1.0) * 0.5 - away, 0.0, 1.0);
  if (opacity <= 0.0) discard;
  result = vec4(shade.rgb * opacity, opacity);
}`

const ATTRIBUTES = [
  { name: 'x', count: 1 },
  { name: 'y', count: 1 },
  { name: 'color', count: 4 },
  { name: 'diameter', count: 1 },
] as const
type AttributeName = (typeof ATTRIBUTES)[number]['name']

/** Points drawn by the graphics processor: millions of them. Undefined if there is no WebGL 2. */
export function webglSurface(canvas: HTMLCanvasElement, mayBeSlow: boolean): PointSurface | undefined {
  const gl = canvas.getContext('webgl2', {
    antialias: false,
    alpha: true,
    failIfMajorPerformanceCaveat: !mayBeSlow,
  })
  if (!gl || (!mayBeSlow && isSoftware(gl))) return undefined
  return new WebglSurface(canvas, gl)
}

/** Processors that play graphics processor are slower than drawing on a canvas at once. */
function isSoftware(gl: WebGL2RenderingContext): boolean {
  const names = gl.getExtension('WEBGL_debug_renderer_info')
  const renderer = String(gl.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : gl.RENDERER))
  return /swiftshader|llvmpipe|softpipe|software|basic render/i.test(renderer)
}

class WebglSurface implements PointSurface {
  readonly kind = 'webgl'
  readonly #gl: WebGL2RenderingContext
  readonly #program: WebGLProgram
  readonly #buffers: Record<AttributeName, WebGLBuffer>
  #points: Points | undefined

  readonly canvas: HTMLCanvasElement

  constructor(canvas: HTMLCanvasElement, gl: WebGL2RenderingContext) {
    this.canvas = canvas
    this.#gl = gl
    this.#program = linked(gl)
    this.#buffers = { x: buffer(gl), y: buffer(gl), color: buffer(gl), diameter: buffer(gl) }
    gl.useProgram(this.#program)
    gl.enable(gl.BLEND)
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA)
    for (const { name, count } of ATTRIBUTES) this.#connect(name, count)
  }

  /** Only what has changed is sent: places in a glide, colors when those change. */
  setPoints(points: Points): void {
    const before = this.#points
    const { positions, colors, sizes } = points
    if (positions.x !== before?.positions.x) this.#send('x', turned(positions.x))
    if (positions.y !== before?.positions.y) this.#send('y', turned(positions.y))
    if (sizes !== before?.sizes) this.#send('diameter', turned(sizes))
    if (colors !== before?.colors) {
      const pixels = new Uint32Array(colors.buffer, colors.byteOffset, colors.length / 4)
      this.#send('color', turned(pixels))
    }
    this.#points = points
  }

  draw({ camera, size, growth, presence }: PointLook): void {
    const gl = this.#gl
    const program = this.#program
    const { width, height } = gl.canvas
    const ratio = width / size.width
    gl.viewport(0, 0, width, height)
    gl.clearColor(0, 0, 0, 0)
    gl.clear(gl.COLOR_BUFFER_BIT)
    if (!this.#points) return
    gl.uniform2f(gl.getUniformLocation(program, 'middle'), camera.x, camera.y)
    const [across, down] = [(2 * camera.scale) / size.width, (-2 * camera.scale) / size.height]
    gl.uniform2f(gl.getUniformLocation(program, 'scale'), across, down)
    gl.uniform1f(gl.getUniformLocation(program, 'growth'), growth * ratio)
    gl.uniform1f(gl.getUniformLocation(program, 'presence'), presence)
    const { drawn, sizes } = this.#points
    gl.drawArrays(gl.POINTS, sizes.length - drawn, drawn)
  }

  close(): void {
    this.#gl.getExtension('WEBGL_lose_context')?.loseContext()
  }

  #connect(name: AttributeName, count: number): void {
    const gl = this.#gl
    const place = gl.getAttribLocation(this.#program, name)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffers[name])
    gl.enableVertexAttribArray(place)
    const isColor = name === 'color'
    gl.vertexAttribPointer(place, count, isColor ? gl.UNSIGNED_BYTE : gl.FLOAT, isColor, 0, 0)
  }

  #send(name: AttributeName, values: Float32Array | Uint32Array): void {
    this.#gl.bindBuffer(this.#gl.ARRAY_BUFFER, this.#buffers[name])
    this.#gl.bufferData(this.#gl.ARRAY_BUFFER, values, this.#gl.DYNAMIC_DRAW)
  }
}

/** Last comes first, so that the first word is drawn last and lies on top. */
function turned<Values extends Float32Array | Uint32Array>(values: Values): Values {
  return values.slice().reverse() as Values
}

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) throw new Error('WebGL makes no shader')
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
  }
  gl.linkProgram(program)
  if (!gl.getProgramParameter(program, gl.LINK_STATUS))
    throw new Error(gl.getProgramInfoLog(program) ?? 'WebGL')
  return program
}

function buffer(gl: WebGL2RenderingContext): WebGLBuffer {
  const made = gl.createBuffer()
  if (!made) throw new Error('WebGL makes no buffer')
  return made
}
