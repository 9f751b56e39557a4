/** What is recorded, and for whom. */
export interface TapOptions {
  /** A name for the own side, at most 200 characters. */
  peer?: string;
  /** The revision of the protocol, 1 to 7. Without it a reader assumes 7. */
  revision?: number;
  /** How many entries an INPUT of the own side has at most, 1 to 15, if that is known. */
  redundancy?: number;
  /** The memory for records in bytes, from 262,144 to 1,073,741,824. The default is 16 MiB. */
  limit?: number;
  /**
   * How long the bytes of a Blob may take to be read, in milliseconds. After that they are missing. The
   * default is 5,000.
   */
  patience?: number;
}

/** What a channel of a page shows of itself: it is an RTCDataChannel. */
export interface PageChannel {
  readonly label: string;
  readonly protocol: string;
  readonly ordered: boolean;
  readonly maxRetransmits: number | null;
}

export interface PageOptions extends TapOptions {
  /** Says which channels are recorded. It is asked once for each; the default is all. */
  only?(channel: PageChannel): boolean;
}

/** What a tap needs of a channel. An RTCDataChannel has it. */
export interface Tappable {
  send(data: any): unknown;
  readonly readyState?: unknown;
  readonly bufferedAmount?: unknown;
  addEventListener(type: any, listener: (event: any) => void, options?: any): void;
  removeEventListener(type: any, listener: (event: any) => void, options?: any): void;
}

export interface AttachOptions {
  /** Keeps the channels of one capture apart, at most 40 characters. */
  name?: string;
  /** A name for the side of this channel, if it is not the one of the tap. */
  peer?: string;
}

/**
 * What the peer of the own side was created with, as the header of a capture says it: see
 * spec/capture.md, The peer's own clock. What is left out has its default.
 */
export interface PeerSetup {
  /** The index of the local player. */
  local: 0 | 1;
  /** The first frame of every episode. */
  first_frame?: number;
  /** The parameters that are others than the defaults. */
  parameters?: Readonly<Record<string, number>>;
  /** The chapters that the peer has. */
  capabilities?: readonly string[];
}

/** The two ends of a channel in a game. */
export interface Ends<Send, Receive> extends AttachOptions {
  /** Hands a datagram to the channel: its first argument. It refuses one if it returns false or throws. */
  send: Send;
  /** Handles what has arrived: its first argument. */
  receive: Receive;
  /** What the peer was created with, if `clock` is given. */
  setup?: PeerSetup;
  /** The clock of the peer in milliseconds, 0 when it is created. It is read for each record. */
  clock?(): number;
}

/** What to use in the place of the two ends. Both functions do what the originals do. */
export interface WrappedEnds<Send, Receive> {
  send: Send;
  receive: Receive;
  /** The channel is open now. */
  opened(): void;
  /** The channel is closed now. */
  closed(): void;
  /** The channel has reported an error. */
  failed(error: unknown): void;
}

/** Sends a capture to a WebSocket. */
export interface Stream {
  /** Whether there is a connection. */
  readonly isOpen: boolean;
  /** Sends the rest, if there is a connection, and ends the stream. It takes at most `within` milliseconds, 5,000 by default. */
  close(within?: number): Promise<void>;
}

/** Records what is attached to it, in bounded memory. */
export class Tap {
  constructor(options?: TapOptions);
  /** How many things were recorded, including those that were overwritten since. */
  get records(): number;
  /** The memory of the records in bytes, which never exceeds the limit. */
  get memory(): number;
  /** Begins to record another channel. Does nothing if it is recorded already. */
  attach(channel: Tappable, options?: AttachOptions): void;
  /**
   * Begins to record the two ends of a channel in a game. With `setup` and `clock` the records have the
   * times of the peer, and the capture is judged more closely. Throws if an option is wrong.
   */
  wrap<Send extends (...values: any[]) => any, Receive extends (...values: any[]) => any>(
    ends: Ends<Send, Receive>,
  ): WrappedEnds<Send, Receive>;
  /** Ends the recording, and puts everything back as it was. What was recorded stays. */
  stop(): void;
  /** Resolves when the bytes of every Blob so far have been read. */
  settled(): Promise<void>;
  /** The capture so far, as text. */
  text(): Promise<string>;
  /** The capture so far, as a file. */
  blob(): Promise<Blob>;
  /** Lets the browser save the capture so far. The default name is that of the peer. */
  download(name?: string): Promise<void>;
  /**
   * Sends the capture to a WebSocket: what is there already, and what follows. Each connection begins
   * with a header. Throws if the address is not one of a WebSocket.
   */
  stream(url: string | URL): Stream;
}

/** Records one channel. */
export function tapChannel(channel: Tappable, options?: TapOptions): Tap;

/**
 * Records every channel that the page opens or is offered from now on, and each older one from its next
 * send on. The name of each in the capture is its label.
 */
export function tapPage(options?: PageOptions): Tap;
