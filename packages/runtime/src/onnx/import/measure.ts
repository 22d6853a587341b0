/** Counts what an ONNX file holds before it is decoded: a few bytes of a file may each become an object of hundreds. */
import type { DescField, DescMessage } from "@bufbuild/protobuf";
import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { tooLarge } from "../../networks/failures.ts";
import { ModelProtoSchema } from "../generated/onnx_pb.ts";

/** Fields of all messages; the largest classifiers have some hundred thousand. */
const MOST_FIELDS = 1_000_000;
/** Numbers listed one by one, of which each may take one byte here and dozens once decoded. Weights are listed as floats or not at all. */
const MOST_LISTED = 2 ** 24;

/** Lists of whole numbers, in tensors and in attributes. */
const WHOLE: ReadonlySet<string> = new Set(["int32_data", "int64_data", "uint64_data", "ints"]);

interface Counts {
  fields: number;
  listed: number;
}

/** Throws NodeFailure `network-too-large`, and whatever the wire format's reader throws for bytes that are none. */
export function checkSize(file: string, bytes: Uint8Array): void {
  count(file, new BinaryReader(bytes), bytes.length, ModelProtoSchema, { fields: 0, listed: 0 });
}

const fieldsOf = new Map<DescMessage, ReadonlyMap<number, DescField>>();
function fieldsByNumber(message: DescMessage): ReadonlyMap<number, DescField> {
  const known = fieldsOf.get(message) ?? new Map(message.fields.map((f) => [f.number, f]));
  fieldsOf.set(message, known);
  return known;
}

function count(file: string, reader: BinaryReader, end: number, message: DescMessage, counts: Counts): void {
  const fields = fieldsByNumber(message);
  while (reader.pos < end) {
    const [number, wire] = reader.tag();
    if (++counts.fields > MOST_FIELDS) throw tooLarge(`${file} is no network that can be opened: it holds more than ${MOST_FIELDS} fields.`);
    const field = fields.get(number);
    if (wire !== WireType.LengthDelimited || !field) {
      reader.skip(wire, number);
      continue;
    }
    const length = reader.uint32();
    const inner = field.fieldKind === "message" || (field.fieldKind === "list" && field.listKind === "message") ? field.message : undefined;
    if (inner) count(file, reader, reader.pos + length, inner, counts);
    else {
      // Packed whole numbers take a byte or more each; floats are held as densely as they come.
      if (field.fieldKind === "list" && WHOLE.has(field.name) && (counts.listed += length) > MOST_LISTED) throw tooLarge(`${file} is no network that can be opened: it lists more than ${MOST_LISTED} whole numbers one by one.`);
      reader.pos += length;
    }
  }
}
