/** A network small enough to stand in a worked example: what tests/peers/tiny_network.py writes and computes. For tests. */
import type { NetworkValue } from "@patchbay/runtime/node-api";
import { networkFromFiles } from "@patchbay/runtime/networks";

const BASE64 =
  "CAc6igQKWwoBeAoBdwoBYhIIZmVhdHVyZXMaBGNvbnYiBENvbnYqFQoMa2VybmVsX3NoYXBlQANAA6ABByoRCgRwYWRzQAFAAUABQAGgAQcqEAoHc3RyaWRlc0ACQAKgAQcKHgoIZmVhdHVyZXMSBmFjdGl2ZRoEcmVsdSIEUmVsdQopCgZhY3RpdmUSBnBvb2xlZBoEcG9vbCIRR2xvYmFsQXZlcmFnZVBvb2wKIQoGcG9vbGVkEghlbmNvZGluZxoEZmxhdCIHRmxhdHRlbhIEdGlueSroAQgCCAMIAwgDEAFCAXdK2AEAAEC/AAAAvwAAgL4AAAAAAACAPgAAAD8AAEA/AABAvwAAAL8AAIC+AAAAAAAAgD4AAAA/AABAPwAAQL8AAAC/AACAvgAAAAAAAIA+AAAAPwAAQD8AAEC/AAAAvwAAgL4AAAAAAACAPgAAAD8AAEA/AABAvwAAAL8AAIC+AAAAAAAAgD4AAAA/AABAPwAAQL8AAAC/AACAvgAAAAAAAIA+AAAAPwAAQD8AAEC/AAAAvwAAgL4AAAAAAACAPgAAAD8AAEA/AABAvwAAAL8AAIC+AAAAAAAAgD4qEQgCEAFCAWJKCAAAAD8AAIA/WhwKAXgSFwoVCAESEQoDEgFOCgIIAwoCCAQKAggEYhsKCGVuY29kaW5nEg8KDQgBEgkKAxIBTgoCCAJCBAoAEA0=";

export const TINY_FILE = `data:application/octet-stream;base64,${BASE64}`;

/** `[N,3,4,4]` → `encoding` `[N,2]`; layers `conv`, `relu`, `pool`. */
export const tinyNetwork = (): NetworkValue => networkFromFiles("onnx", [{ name: "tiny.onnx", bytes: Uint8Array.from(atob(BASE64), (c) => c.charCodeAt(0)) }], "tiny", { scaling: "0-1", meaning: "encoding" });

/** Of the picture `[1,4,4,3]` whose numbers are k/47. */
export const TINY_ACTIVE = [[[[0.271276593208313, 0.8244681358337402], [0.20744678378105164, 0.6914893984794617]], [[0.18617022037506104, 0.5319148898124695], [0.0, 0.4999999403953552]]]];
export const TINY_ENCODING = [[0.166223406791687, 0.6369681358337402]];
