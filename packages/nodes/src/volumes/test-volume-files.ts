/** Writes small NIfTI, DICOM and NumPy files byte by byte, from their standards, for tests. */

export interface NiftiOptions {
  /** x, y, z and, where there are any, times. */
  dims: readonly number[];
  values: readonly number[];
  bigEndian?: boolean;
  version?: 1 | 2;
  datatype?: 2 | 4 | 16 | 64 | 128 | 32;
  slope?: number;
  intercept?: number;
  spacing?: readonly number[];
  units?: number;
  /** Rows of the sform: x, y, z to the right, the front, the head. */
  affine?: readonly (readonly number[])[];
  /** b, c, d of the qform, version 1. */
  quaternion?: readonly number[];
  magic?: string;
}

const NIFTI_BYTES: { readonly [code: number]: number } = { 2: 1, 4: 2, 16: 4, 64: 8, 128: 1, 32: 8 };

export function niftiFile({ dims, values, bigEndian = false, version = 1, datatype = 4, slope = 0, intercept = 0, spacing = [1, 1, 1], units = 2, affine, quaternion, magic }: NiftiOptions): Uint8Array<ArrayBuffer> {
  const header = version === 1 ? 348 : 540;
  const offset = header + 4;
  const step = NIFTI_BYTES[datatype]!;
  const file = new Uint8Array(offset + values.length * step);
  const view = new DataView(file.buffer);
  const le = !bigEndian;
  view.setInt32(0, header, le);
  const letters = new TextEncoder().encode(magic ?? (version === 1 ? "n+1\0" : "n+2\0\r\n\u001a\n"));
  if (version === 1) {
    [dims.length, ...dims].forEach((d, i) => view.setInt16(40 + 2 * i, d, le));
    view.setInt16(70, datatype, le);
    view.setInt16(72, step * 8, le);
    [1, ...spacing].forEach((d, i) => view.setFloat32(76 + 4 * i, d, le));
    view.setFloat32(108, offset, le);
    view.setFloat32(112, slope, le);
    view.setFloat32(116, intercept, le);
    view.setUint8(123, units);
    view.setInt16(252, quaternion ? 1 : 0, le);
    quaternion?.forEach((v, i) => view.setFloat32(256 + 4 * i, v, le));
    view.setInt16(254, affine ? 1 : 0, le);
    affine?.forEach((row, r) => row.forEach((v, c) => view.setFloat32(280 + 16 * r + 4 * c, v, le)));
    file.set(letters, 344);
  } else {
    file.set(letters, 4);
    view.setInt16(12, datatype, le);
    view.setInt16(14, step * 8, le);
    [dims.length, ...dims].forEach((d, i) => view.setBigInt64(16 + 8 * i, BigInt(d), le));
    [1, ...spacing].forEach((d, i) => view.setFloat64(104 + 8 * i, d, le));
    view.setBigInt64(168, BigInt(offset), le);
    view.setFloat64(176, slope, le);
    view.setFloat64(184, intercept, le);
    view.setInt32(348, affine ? 1 : 0, le);
    affine?.forEach((row, r) => row.forEach((v, c) => view.setFloat64(400 + 32 * r + 8 * c, v, le)));
    view.setInt32(500, units, le);
  }
  values.forEach((v, i) => {
    const at = offset + i * step;
    if (step === 1) view.setUint8(at, v);
    else if (datatype === 4) view.setInt16(at, v, le);
    else if (datatype === 16) view.setFloat32(at, v, le);
    else view.setFloat64(at, v, le);
  });
  return file;
}

export async function gzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  return new Uint8Array(await new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer());
}

export interface DicomOptions {
  rows: number;
  columns: number;
  values: readonly number[];
  syntax?: string;
  position?: readonly number[];
  orientation?: readonly number[];
  spacing?: readonly number[];
  thickness?: number;
  slope?: number;
  intercept?: number;
  instance?: number;
  series?: { uid: string; number: number; description?: string };
  frames?: number;
  signed?: boolean;
  bits?: readonly [allocated: number, stored: number];
  photometric?: string;
  /** Of three samples: all reds first. */
  planar?: boolean;
  withoutPixels?: boolean;
}

const LONG = new Set(["OB", "OW", "UN", "SQ", "UT"]);

/** Explicit VR Little Endian, whatever `syntax` says: enough for files that are refused by it. */
export function dicomFile(o: DicomOptions): Uint8Array<ArrayBuffer> {
  const [allocated, stored] = o.bits ?? [16, 16];
  const samples = o.photometric === "RGB" ? 3 : 1;
  const element = (group: number, id: number, vr: string, value: Uint8Array): Uint8Array => {
    const length = value.length + (value.length % 2);
    const head = LONG.has(vr) ? 12 : 8;
    const out = new Uint8Array(head + length);
    const view = new DataView(out.buffer);
    view.setUint16(0, group, true);
    view.setUint16(2, id, true);
    out.set(new TextEncoder().encode(vr), 4);
    if (head === 12) view.setUint32(8, length, true);
    else view.setUint16(6, length, true);
    out.set(value, head);
    if (value.length % 2) out[out.length - 1] = vr === "UI" || vr === "OB" ? 0 : 0x20;
    return out;
  };
  const text = (group: number, id: number, vr: string, value: string | number | undefined): Uint8Array[] => (value === undefined ? [] : [element(group, id, vr, new TextEncoder().encode(String(value)))]);
  const short = (group: number, id: number, value: number): Uint8Array[] => [element(group, id, "US", new Uint8Array(Uint16Array.of(value).buffer))];
  const pixels = new Uint8Array((o.values.length * allocated) / 8);
  const view = new DataView(pixels.buffer);
  o.values.forEach((v, i) => (allocated === 8 ? view.setUint8(i, v) : allocated === 16 ? view.setUint16(2 * i, v & 0xffff, true) : view.setInt32(4 * i, v, true)));
  const syntax = text(2, 0x10, "UI", o.syntax ?? "1.2.840.10008.1.2.1")[0]!;
  const parts = [
    new Uint8Array(128), new TextEncoder().encode("DICM"),
    element(2, 0, "UL", new Uint8Array(Uint32Array.of(syntax.length).buffer)), syntax,
    ...text(8, 0x103e, "LO", o.series?.description),
    ...text(0x10, 0x10, "PN", "Doe^Jane"),
    ...text(0x18, 0x50, "DS", o.thickness),
    ...text(0x20, 0x0e, "UI", o.series?.uid ?? "1.2.3"), ...text(0x20, 0x11, "IS", o.series?.number ?? 1), ...text(0x20, 0x13, "IS", o.instance),
    ...text(0x20, 0x32, "DS", o.position?.join("\\")), ...text(0x20, 0x37, "DS", o.orientation?.join("\\")),
    ...short(0x28, 2, samples), ...text(0x28, 4, "CS", o.photometric ?? "MONOCHROME2"), ...(samples === 3 ? short(0x28, 6, o.planar ? 1 : 0) : []),
    ...text(0x28, 8, "IS", o.frames), ...short(0x28, 0x10, o.rows), ...short(0x28, 0x11, o.columns), ...text(0x28, 0x30, "DS", o.spacing?.join("\\")),
    ...short(0x28, 0x100, allocated), ...short(0x28, 0x101, stored), ...short(0x28, 0x102, stored - 1), ...short(0x28, 0x103, o.signed ? 1 : 0),
    ...text(0x28, 0x1052, "DS", o.intercept), ...text(0x28, 0x1053, "DS", o.slope),
    ...(o.withoutPixels ? [] : [element(0x7fe0, 0x10, allocated === 8 ? "OB" : "OW", pixels)]),
  ];
  const file = new Uint8Array(parts.reduce((n, p) => n + p.length, 0));
  let at = 0;
  for (const part of parts) {
    file.set(part, at);
    at += part.length;
  }
  return file;
}

export function npyFile(descr: string, shape: readonly number[], data: ArrayLike<number> & { buffer: ArrayBufferLike; byteOffset: number; byteLength: number }, fortran = false): Uint8Array<ArrayBuffer> {
  const text = `{'descr': '${descr}', 'fortran_order': ${fortran ? "True" : "False"}, 'shape': (${shape.join(", ")}${shape.length === 1 ? "," : ""}), }`;
  const length = Math.ceil((11 + text.length) / 64) * 64 - 10;
  const file = new Uint8Array(10 + length + data.byteLength);
  file.set([0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, length & 255, length >> 8]);
  file.set(new TextEncoder().encode(`${text.padEnd(length - 1)}\n`), 10);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), 10 + length);
  return file;
}
