/** The field for a parameter, by its kind. */
import type { FileParam, ParamSpec } from "@patchbay/graph-core";
import type { ReactNode } from "react";
import { ChoiceField } from "./fields/ChoiceField.tsx";
import type { FieldProps } from "./fields/field-props.ts";
import { ImageField } from "./fields/ImageField.tsx";
import { ImagesField } from "./fields/ImagesField.tsx";
import { LayersField } from "./fields/LayersField.tsx";
import { NumberField } from "./fields/NumberField.tsx";
import { NumbersField } from "./fields/NumbersField.tsx";
import { PlainFileField } from "./fields/PlainFileField.tsx";
import { BooleanField, TextField } from "./fields/TextField.tsx";

type FieldOf<S extends ParamSpec> = (props: FieldProps<S>) => ReactNode;

const FIELDS: { readonly [K in ParamSpec["kind"]]: FieldOf<Extract<ParamSpec, { kind: K }>> } = {
  number: NumberField, choice: ChoiceField, boolean: BooleanField, text: TextField, file: FileField, layers: LayersField, numbers: NumbersField,
};

export function ParamField(props: FieldProps): ReactNode {
  const Field = FIELDS[props.spec.kind] as FieldOf<ParamSpec>;
  return <Field {...props} />;
}

function FileField(props: FieldProps<FileParam>): ReactNode {
  if (props.spec.accept === "image") return <ImageField {...props} />;
  if (props.spec.accept === "images") return <ImagesField {...props} />;
  return <PlainFileField {...props} />;
}
