/** A graph that comes with the editor, as the gallery shows it. */
export interface ExampleEntry {
  /** Of its file, and of its picture: `style-transfer`. */
  readonly name: string;
  readonly title: string;
  /** One paragraph; cards show its first sentence. */
  readonly description: string;
  /** URL of a picture of what comes out, 480×300. */
  readonly picture?: string;
  /** The text of the graph's file. */
  load(): Promise<string>;
}
