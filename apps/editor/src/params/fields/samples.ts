/** Pictures that come with the editor. */
export interface Sample {
  readonly reference: string;
  readonly title: string;
}

export const SAMPLES: readonly Sample[] = Array.from({ length: 6 }, (_, i) => ({ reference: `npm:@vladmandic/face-api/demo/sample${i + 1}.jpg`, title: `Sample ${i + 1}` }));
