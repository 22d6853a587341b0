/** A pointer that moves once a frame over the canvas, the same way on both sides; a gesture that moved nothing is an error. */
export type Gesture = "pan" | "zoom" | "drag";
/** Where a gesture begins, found before anything is timed. */
export interface Aim {
    readonly gesture: Gesture;
    readonly x: number;
    readonly y: number;
    /** The node that is dragged. */
    readonly node?: string;
}
/** Moves of a gesture. */
export declare const MOVES = 60;
export declare const frame: () => Promise<number>;
export declare function aim(gesture: Gesture): Aim;
/** Milliseconds of each move: from the event until the frame after it has begun, when all that it caused is done. */
export declare function perform({ gesture, x, y, node }: Aim): Promise<number[]>;
