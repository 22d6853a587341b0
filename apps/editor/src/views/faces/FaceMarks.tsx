/** Boxes, numbers and landmarks over a picture, in the picture's own pixels. */
import type { Face, ImageValue } from "@patchbay/runtime";
import type { ReactNode } from "react";

export function FaceMarks({ image, faces }: { image: Pick<ImageValue, "width" | "height">; faces: readonly Face[] }): ReactNode {
  // In shares of the picture, so that lines and numbers are as thick on a small picture as on a large one.
  const size = Math.max(image.width, image.height) / 100;
  return (
    <svg className="pb-face-marks" viewBox={`0 0 ${image.width} ${image.height}`} aria-hidden>
      {faces.map(({ box, landmarks }, i) => (
        <g key={i} data-first={i === 0 || undefined}>
          <rect className="pb-face-shadow" x={box.x} y={box.y} width={box.width} height={box.height} rx={size} />
          <rect className="pb-face-box" x={box.x} y={box.y} width={box.width} height={box.height} rx={size} />
          {landmarks.map(([x, y], j) => <circle key={j} cx={x} cy={y} r={Math.min(size * 0.45, box.width / 90)} />)}
          <g transform={`translate(${box.x} ${box.y})`}>
            <rect className="pb-face-tag" x={-size * 0.3} y={-size * 0.3} width={size * (i < 9 ? 6 : 9)} height={size * 7.4} rx={size} />
            <text x={size * (i < 9 ? 2.7 : 4.2)} y={size * 5.4} fontSize={size * 5.6}>{i + 1}</text>
          </g>
        </g>
      ))}
    </svg>
  );
}
