import { Tap, type AttachOptions, type Tappable, type TapOptions } from "./src/index.mjs";

export interface NodeTapOptions extends TapOptions {
  /** The path of the capture. A file that exists is replaced. Without it nothing is written. */
  file?: string | URL;
}

/** An object that sends, and emits `message`, `open`, `close` and `error`, such as a socket of `ws`. */
export interface Emitter {
  send(data: any, ...more: any[]): unknown;
  on(event: any, listener: (...values: any[]) => void): unknown;
}

/** A tap that can write a file as it records. */
export class NodeTap extends Tap {
  /** Throws if the file cannot be opened. */
  constructor(options?: NodeTapOptions);
  attach(socket: Emitter | Tappable, options?: AttachOptions): void;
  /** Ends the recording and completes the file. Rejects if the file could not be written. */
  close(): Promise<void>;
}

/** Records a socket, and writes a file if `file` is given. Throws if the file cannot be opened. */
export function tapSocket(socket: Emitter | Tappable, options?: NodeTapOptions): NodeTap;
