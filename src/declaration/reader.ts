import { type Document, isAlias, isMap, isScalar, isSeq, type LineCounter, type Node } from 'yaml'
import type { Place } from '../log.ts'
import type { Path, Shape } from './shape.ts'

/** One thing that is wrong with the declaration, at its place. */
export interface Issue {
  readonly place: Required<Place>
  readonly message: string
}

/** Collects every error of a document with its place, and remembers where each value stood for later checks. */
export class Reader {
  readonly issues: Issue[] = []
  readonly #file: string
  readonly #document: Document
  readonly #lines: LineCounter
  readonly #places = new Map<string, Node | null>()

  constructor(file: string, document: Document, lines: LineCounter) {
    this.#file = file
    this.#document = document
    this.#lines = lines
  }

  /** Reads `node` as `shape` and remembers its place. `anchor` is where errors of an empty value are shown: its key. */
  at<T>(shape: Shape<T>, node: Node | null, path: Path, anchor?: Node): T | undefined {
    const place = node?.range ? node : (anchor ?? node)
    this.#places.set(keyOf(path), place)
    return shape.read(node, this, path)
  }

  /** The node that an alias stands for, or the node itself. */
  resolve(node: Node | null | undefined): Node | undefined {
    if (!node) return undefined
    return isAlias(node) ? node.resolve(this.#document) : node
  }

  line(node: Node): number {
    return this.#lines.linePos(node.range?.[0] ?? 0).line
  }

  /** Reports an error at a node. Answers undefined, so that a reader can return it. */
  error(node: Node | null | undefined, path: Path, message: string): undefined {
    const where = node?.range ? node : this.#nearest(path)
    this.issueAt(where?.range?.[0] ?? 0, path.length === 0 ? message : `${pathText(path)}: ${message}`)
    return undefined
  }

  /** Whether something is written at a path, readable or not. */
  has(path: Path): boolean {
    return this.#places.has(keyOf(path))
  }

  /** Reports an error at a value that was read before. */
  errorAt(path: Path, message: string): undefined {
    return this.error(this.#nearest(path), path, message)
  }

  /** Reports an error at an offset of the text. */
  issueAt(offset: number, message: string): void {
    const { line, col } = this.#lines.linePos(offset)
    this.issues.push({ place: { file: this.#file, line, column: col }, message })
  }

  wrongType(node: Node | null, path: Path, expected: string, hint = ''): undefined {
    return this.error(node, path, `must be ${expected}, but is ${this.#describe(node)}.${hint}`)
  }

  #nearest(path: Path): Node | null | undefined {
    for (let length = path.length; length >= 0; length--) {
      const node = this.#places.get(keyOf(path.slice(0, length)))
      if (node?.range) return node
    }
    return undefined
  }

  #describe(node: Node | null): string {
    const target = this.resolve(node)
    if (isMap(target)) return 'a mapping'
    if (isSeq(target)) return 'a list'
    if (!isScalar(target) || target.value === null) return 'empty'
    if (typeof target.value === 'string') return `the text "${target.value}"`
    return String(target.value)
  }
}

/** `environments.production.targets.web.images[0]`. */
function pathText(path: Path): string {
  return path.map((part, index) => (typeof part === 'number' ? `[${part}]` : index === 0 ? part : `.${part}`)).join('')
}

function keyOf(path: Path): string {
  return path.join('\u0000')
}
