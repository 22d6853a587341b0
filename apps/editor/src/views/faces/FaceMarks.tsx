/** Boxes, numbers and landmarks over a picture, in the picture's own pixels. */
import type { Face, ImageValue } from "@patchbay/runtime";
import type { ReactNode } from "react";

/** `large`: the picture fills a window, and numbers take a smaller share of it. */
export function FaceMarks({ image, faces, large = false }: { image: Pick<ImageValue, "width" | "height">; faces: readonly Face[]; large?: boolean }): ReactNode {
  // In shares of the picture, so that lines and numbers are as thick on a small picture as on a large one.
  const size = Math.max(image.width, image.height) / 100;
  const letter = size * (large ? 2.1 : 4.6);
  const tag = { width: (i: number): number => letter * (i < 9 ? 1.15 : 1.75), height: letter * 1.3 };
  return (
    <svg className="pb-face-marks" viewBox={`0 0 ${image.width} ${image.height}`} aria-hidden>
      {faces.map(({ box, landmarks }, i) => (
        <g key={i} data-first={i === 0 || undefined}>
          <rect className="pb-face-shadow" x={box.x} y={box.y} width={box.width} height={box.height} rx={size} />
          <rect className="pb-face-box" x={box.x} y={box.y} width={box.width} height={box.height} rx={size} />
          {landmarks.map(([x, y], j) => <circle key={j} cx={x} cy={y} r={Math.min(size * 0.45, box.width / 90)} />)}
          {/* Over the box, so that it covers no face; inside it where the picture ends. */}
          <g transform={`translate(${box.x} ${box.y < tag.height ? box.y : box.y - tag.height})`}>
            <rect className="pb-face-tag" width={tag.width(i)} height={tag.height} rx={letter * 0.2} />
            <text x={tag.width(i) / 2} y={letter * 1.01} fontSize={letter}>{i + 1}</text>
          </g>
        </g>
      ))}
    </svg>
  );
}
