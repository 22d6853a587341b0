/** In which form a tensor is looked at: by what it stands for where its type says so, otherwise by its shape. */
import type { Meaning, PortType } from "@patchbay/graph-core";

export type TensorForm = "scalar" | "pictures" | "strips" | "matrix" | "maps" | "signal" | "slices" | "vector" | "nothing" | "numbers";

export function tensorForm(shape: readonly number[], type: PortType | undefined): TensorForm {
  const meaning: Meaning | undefined = type?.kind === "tensor" ? type.meaning : type?.kind === "activations" ? "activation" : undefined;
  const rank = shape.length;
  const count = shape.reduce((n, d) => n * d, 1);
  if (count === 0) return "nothing";
  if (count === 1) return "scalar";
  if (meaning === "image" && rank === 4 && shape[3] === 3) return "pictures";
  if ((meaning === "encoding" || meaning === "features") && rank <= 2) return "strips";
  if (meaning === "signal" && rank === 3) return "signal";
  switch (rank) {
    case 1:
      return "vector";
    case 2:
      return shape[0] === 1 || shape[1] === 1 ? "vector" : "matrix";
    // One recording after the other; few channels are read as curves, many as a map of places and channels.
    case 3:
      return shape[2]! <= 8 && shape[0] === 1 ? "signal" : "matrix";
    case 4:
      return "maps";
    case 5:
      return "slices";
    default:
      return "numbers";
  }
}
