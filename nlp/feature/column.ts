// Dense rows by named columns: the first row fixes names and order, later rows must follow it.

/** A dense matrix in row order with its column names. */
export interface NamedMatrix {
  readonly names: readonly string[];
  readonly rows: number;
  readonly values: Float32Array;
}

/** Collects rows of a matrix. */
export class MatrixBuilder {
  readonly #names: string[] = [];
  readonly #values: number[] = [];
  #column = 0;
  #rows = 0;

  /** Adds the next column of the current row. */
  put(name: string, value: number): void {
    if (this.#rows === 0) this.#names.push(name);
    else if (this.#names[this.#column] !== name) {
      throw new Error(`column ${this.#column} is ${this.#names[this.#column]}, not ${name}`);
    }
    this.#column++;
    this.#values.push(value);
  }

  /** Ends the current row. */
  endRow(): void {
    if (this.#column !== this.#names.length) throw new Error(`row ${this.#rows} has ${this.#column} columns`);
    this.#rows++;
    this.#column = 0;
  }

  finish(): NamedMatrix {
    return { names: this.#names, rows: this.#rows, values: Float32Array.from(this.#values) };
  }
}
