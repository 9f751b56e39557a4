/**
 * What the game hands over, read without asking it anything. A getter, a tag or a `length` of the game's own
 * is not trusted, and is not run: what an object is, and how long, says what the engine keeps of it.
 */

/** A method, or the getter of an attribute, as a function of the object: the one that was there at first. */
const { bind, call } = Function.prototype;
const onItsOwn = (method) => Reflect.apply(bind, call, [method]);
const getterOf = (prototype, name) =>
  onItsOwn(Object.getOwnPropertyDescriptor(prototype, name).get);

const arrays = Object.getPrototypeOf(Uint8Array.prototype);
const nameOfArray = getterOf(arrays, Symbol.toStringTag); // undefined if it is none
const ofArray = {
  buffer: getterOf(arrays, "buffer"),
  begin: getterOf(arrays, "byteOffset"),
  length: getterOf(arrays, "byteLength"),
};
const ofView = {
  buffer: getterOf(DataView.prototype, "buffer"),
  begin: getterOf(DataView.prototype, "byteOffset"),
  length: getterOf(DataView.prototype, "byteLength"),
};
const isView = ArrayBuffer.isView;
const buffers = [ArrayBuffer, globalThis.SharedArrayBuffer].filter((it) => typeof it === "function");
const lengthsOfBuffer = buffers.map((it) => getterOf(it.prototype, "byteLength"));

const blobs = globalThis.Blob?.prototype;
const sizeOfBlob = blobs && getterOf(blobs, "size");
const readBlob = blobs && onItsOwn(blobs.arrayBuffer);

/**
 * Node.js knows a Blob by a mark that it looks for in the object, which a Proxy of the game would notice.
 * `node.mjs` puts the test for a Proxy here; a browser looks for nothing.
 */
export const engine = { isProxy: () => false };

/** The first result of these functions that throw for an object of another kind, or undefined. */
function firstOf(functions, object) {
  for (const read of functions) {
    try {
      return read(object);
    } catch {
      // It is of another kind.
    }
  }
  return undefined;
}

/**
 * Bytes as the channel takes them, or undefined if these are none. Objects of another window count too.
 * The array may be the game's own: only `lengthOf` says how long it is.
 */
export function bytesOf(data) {
  if (typeof data !== "object" || data === null) return undefined;
  const name = nameOfArray(data);
  if (name === "Uint8Array") return data;
  if (isView(data)) {
    const of = name === undefined ? ofView : ofArray;
    return new Uint8Array(of.buffer(data), of.begin(data), of.length(data));
  }
  return firstOf(lengthsOfBuffer, data) === undefined ? undefined : new Uint8Array(data);
}

/** The number of bytes of what `bytesOf` returned. */
export const lengthOf = (bytes) => ofArray.length(bytes);

/** The size of a Blob or File in bytes, or undefined if it is none. */
export function blobSize(data) {
  if (typeof data !== "object" || data === null || !sizeOfBlob) return undefined;
  if (engine.isProxy(data)) return undefined;
  const size = firstOf([sizeOfBlob], data);
  return Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}

/** The bytes of a Blob. Rejects if they cannot be read. */
export const blobBytes = async (blob) => {
  const bytes = bytesOf(await readBlob(blob));
  if (bytes === undefined) throw new TypeError("the Blob gave no bytes");
  return bytes;
};
